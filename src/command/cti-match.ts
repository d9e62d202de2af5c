/** Whether a CTI application, device or line is what somebody named. */

import type { CtiItem } from '../device/cti.ts';
import { globTest } from '../device/glob.ts';
import type { KnownRow } from '../device/known.ts';
import { ctiPath } from '../view/member-words.ts';
import { isSpelled } from '../view/phone-number.ts';
import type { Subject } from './parse.ts';

/** The names in an item, or in a row that remembers one; blank where it has none. */
export interface CtiNames {
  readonly app: string;
  readonly user: string;
  readonly device: string;
  readonly line: string;
  readonly addresses: readonly string[];
}

export type CtiTest = (names: CtiNames) => boolean;

export function namesOfItem(item: CtiItem): CtiNames {
  return {
    app: item.appId,
    user: item.userId,
    device: item.ctiDevice?.deviceName ?? '',
    line: item.ctiLine?.dirNumber ?? '',
    addresses: [item.appIpAddr, item.appIpv6Addr],
  };
}

export function namesOfRow({ name, deviceClass, loginUserId, ipAddress }: KnownRow): CtiNames {
  const addresses = ipAddress.map(({ ip }) => ip);
  return { ...ctiPath(name, deviceClass), user: loginUserId, addresses };
}

/** The name of the row that remembers an item: `app`, `app › SEP…`, `app › SEP… › 1002`. */
export function rowName({ app, device, line }: CtiNames): string {
  return [app, device, line.replace(/^\\/, '')].filter((part) => part !== '').join(' › ');
}

export function ctiTest(subject: Subject): CtiTest {
  switch (subject.type) {
    case 'name': {
      const test = globTest(subject.name);
      return ({ device }) => test(device);
    }
    case 'number':
      return numberTest(subject.number);
    case 'name-or-number': {
      const test = globTest(`*${subject.number}*`);
      return ({ device, line }) => test(device) || test(line);
    }
    case 'ip':
      return ({ app, addresses }) => addresses.includes(subject.ip) || app.includes(subject.ip);
    case 'user': {
      const test = globTest(`*${subject.user}*`);
      return ({ user }) => test(user);
    }
    case 'description':
      return anywhere(subject.text);
    case 'pattern':
      return anywhere(subject.pattern);
    case 'subnet': {
      const test = globTest(`*${subject.cidr.replace(/(?:\.0)*\/.*$/, '.')}*`);
      return ({ addresses }) => addresses.some(test);
    }
  }
}

/** The row that remembers a line has it without the backslash. */
function numberTest(number: string): CtiTest {
  const spelled = isSpelled(number);
  const starred = globTest(number);
  return ({ line }) => spelled(line) || spelled(`\\${line}`) || starred(line.replace(/^\\/, ''));
}

function anywhere(text: string): CtiTest {
  const test = globTest(`*${text}*`);
  return ({ app, user, device }) => test(app) || test(user) || test(device);
}

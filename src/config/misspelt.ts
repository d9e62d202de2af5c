/** Variables that are nearly one of ours. */
import { CLUSTER_VARIABLES, OTHER_VARIABLES } from './environment.ts';
import { OVERLAY_VARIABLES } from './overlay.ts';
import { nearest, type Problem } from './problem.ts';
import type { Environment } from './variables.ts';

const KNOWN: readonly string[] = [
  ...Object.keys(CLUSTER_VARIABLES),
  ...Object.keys(OVERLAY_VARIABLES),
  ...OTHER_VARIABLES,
];

const NAME = /^(CUCM|RISBOT|SLACK|WEBEX)_[A-Z_]{1,40}$/;

/** What a slip of the finger makes of a name. More may be a name of another program, or one that a file takes a value from. */
const SLIP = 2;

/** Of Slack's own older libraries, and one letter away from ours. */
const OF_OTHERS: readonly string[] = ['SLACK_API_TOKEN'];

/**
 * Those that are told as problems. Names in SLACK_ and WEBEX_ belong to others, too: they count only as slips, and only while the one that
 * was meant is not set. Beside a file CUCM_ is the file's own business.
 */
export function misspelt(environment: Environment, besideFile: boolean): readonly Problem[] {
  return Object.keys(environment).flatMap((key): readonly Problem[] => {
    const [, start = ''] = NAME.exec(key) ?? [];
    if (start === '' || KNOWN.includes(key) || OF_OTHERS.includes(key) || !environment[key]) return [];
    if (start === 'CUCM' && besideFile) return [];
    const isShared = start === 'SLACK' || start === 'WEBEX';
    const known = KNOWN.filter((name) => name.startsWith(`${start}_`));
    const meant = nearest(key, known, isShared || besideFile ? SLIP : undefined);
    if (meant === null || (isShared && environment[meant])) return [];
    return [{ line: null, setting: key, message: `is not a variable of risbot; did you mean ${meant}?` }];
  });
}

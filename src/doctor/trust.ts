/** What a certificate means for the settings. Pure. */
import type { ClusterConfig } from '../config/config.ts';
import { speaksNoTls } from '../risport/tls.ts';
import { type Check, fail, ok, warn } from './check.ts';
import type { TlsSight } from './reach.ts';

const NAME = 'certificate';
const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

const COMPARE =
  'Compare it first: download the tomcat certificate in Cisco Unified OS Administration, Security, Certificate Management, ' +
  'and run openssl x509 -noout -fingerprint -sha256 -in tomcat.pem. When both are the same';

/** Judges what the handshake showed; `now` in epoch milliseconds. */
export function judgeTls(sight: TlsSight | string, tls: ClusterConfig['tls'], now: number): Check {
  if (typeof sight === 'string') return brokenHandshake(sight);
  if (tls.fingerprint !== undefined) return judgePin(sight, tls.fingerprint);
  if (!sight.trusted) return untrusted(sight);
  const days = Math.floor((sight.expires - now) / DAY_MS);
  const seen = `${described(sight)}, expires in ${days} days`;
  return days < SOON_DAYS ? warn(NAME, seen, 'Renew the tomcat certificate of the node') : ok(NAME, seen);
}

const CUT = /^(ECONNRESET|ECONNABORTED|EPIPE|closed|timeout)$/;

function brokenHandshake(code: string): Check {
  const shown = code.slice(0, 80);
  if (speaksNoTls(code)) {
    const remedy =
      'Is it the right port? CUCM answers by https on 8443; plain HTTP, or another service, answers here';
    return fail(NAME, `no TLS there: what answers speaks something else (${shown})`, remedy);
  }
  const old = 'An old node may need tls: { minVersion: TLSv1, ciphers: "DEFAULT@SECLEVEL=0" }';
  if (!CUT.test(code)) return fail(NAME, `the TLS handshake failed (${shown})`, old);
  const seen =
    code === 'timeout' ? 'no answer to the TLS handshake' : 'the connection was cut in the TLS handshake';
  const remedy =
    'Is it the right port (8443)? Is the node starting? Does a firewall or a proxy stand in between?';
  return fail(NAME, `${seen} (${shown})`, `${remedy} ${old}`);
}

function judgePin(sight: TlsSight, pinned: string): Check {
  if (sight.fingerprint === pinned) return ok(NAME, `the pinned one, ${described(sight)}`);
  const seen = `not the pinned one: it is ${described(sight)}`;
  return { ...fail(NAME, seen, `Was it renewed? ${COMPARE}, pin the new one`), paste: pinLine(sight) };
}

function untrusted(sight: TlsSight): Check {
  const { code } = sight;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = sight.names.filter((name) => name !== '').slice(0, 5);
    const [first = sight.subject] = names;
    const seen = `is for another name: ${names.length > 0 ? names.join(', ') : sight.subject}`;
    return {
      ...fail(NAME, seen, 'Use that name in url, or set servername (CUCM_SERVERNAME)'),
      paste: `servername: "${first}"`,
    };
  }
  if (code === 'CERT_HAS_EXPIRED') {
    const remedy = `Renew the tomcat certificate of the node. Until then a pin accepts it. ${COMPARE}, pin it`;
    return { ...fail(NAME, `${described(sight)}, has expired`, remedy), paste: pinLine(sight) };
  }
  if (code === 'UNSPECIFIED') {
    // Node's word for what OpenSSL says of keys and signatures.
    const seen = `too weak, by its key or a signature (${code}): ${described(sight)}`;
    const remedy =
      'Renew the tomcat certificate with RSA 2048 or more and SHA-256, and that of the authority if it is the weak one. Until then a pin ' +
      `accepts it, a caFile does not. ${COMPARE}, pin it (CUCM_FINGERPRINT)`;
    return { ...fail(NAME, seen, remedy), paste: pinLine(sight) };
  }
  const authority =
    'Or save the certificate, or that of the authority which signed it, and name it as caFile (CUCM_CA_FILE)';
  return {
    ...fail(
      NAME,
      `not trusted (${code}): ${described(sight)}`,
      `${COMPARE}, pin it (CUCM_FINGERPRINT). ${authority}`,
    ),
    paste: pinLine(sight),
  };
}

function pinLine({ fingerprint }: TlsSight): string {
  return `fingerprint: "${fingerprint}"`;
}

function described({ subject, issuer, protocol }: TlsSight): string {
  const signed = subject === issuer ? 'self-signed' : `issued by ${issuer}`;
  return `${subject}, ${signed}, over ${protocol}`;
}

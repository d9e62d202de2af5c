/** A certificate made for one run: nothing secret is ever kept. */
import { X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** SHA-256, `AA:BB:…`. */
  readonly fingerprint: string;
}

const A_DAY_MS = 86_400_000;
const VALID_DAYS = 30;

/** Self-signed, for localhost, 127.0.0.1 and ::1; valid from a day before `now` for thirty days. P-256: quick to make. */
export async function makeCertificate(now: number): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - A_DAY_MS),
    notAfterDate: new Date(now + VALID_DAYS * A_DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { key, cert, fingerprint: new X509Certificate(cert).fingerprint256 };
}

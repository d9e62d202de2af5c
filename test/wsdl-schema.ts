/**
 * Checks SOAP bodies against the schema inside a WSDL. The schema lives in the WSDL's `types`, and borrows its
 * prefixes from the elements around it: cut out, it needs them declared again.
 */
import { validateXML } from 'xmllint-wasm';

const SOAP_ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The one schema of a WSDL as a document of its own. Throws when the WSDL holds none. */
export function wsdlSchema(wsdlText: string): string {
  const schema = /<((?:[\w.-]+:)?)schema\b[^>]*>[\s\S]*<\/\1schema>/.exec(wsdlText)?.[0];
  if (schema === undefined) throw new Error('The WSDL holds no schema');
  const openingTag = schema.slice(0, schema.indexOf('>'));
  const borrowed = namespaces(wsdlText.slice(0, wsdlText.indexOf(schema))).filter(
    (declaration) => !openingTag.includes(`${declaration.split('=')[0]}=`),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${openingTag} ${borrowed.join(' ')}${schema.slice(openingTag.length)}`;
}

function namespaces(xml: string): string[] {
  return [...new Set(xml.match(/xmlns:[\w.-]+=(?:"[^"]*"|'[^']*')/g) ?? [])];
}

/**
 * What is wrong with the one element in the SOAP body of `soapEnvelopeXml`, as the schema sees it; empty when it is
 * valid. An envelope whose body is missing or holds anything but one element is an error too.
 */
export async function validateBody(xsd: string, soapEnvelopeXml: string): Promise<string[]> {
  return (await validateBodies(xsd, new Map([['envelope', soapEnvelopeXml]]))).map(({ message }) => message);
}

/** The same for many envelopes at once, by a name for each: starting the validator is what takes its time. */
export async function validateBodies(
  xsd: string,
  envelopes: ReadonlyMap<string, string>,
): Promise<{ name: string; message: string }[]> {
  const names = [...envelopes.keys()];
  const result = await validateXML({
    xml: [...envelopes.values()].map((contents, at) => ({ fileName: `${at}.xml`, contents })),
    schema: [{ fileName: 'envelope.xsd', contents: envelopeSchema(xsd) }],
    preload: [{ fileName: 'body.xsd', contents: xsd }],
  });
  return result.errors.map(({ message, loc }) => ({
    name: names[Number.parseInt(loc?.fileName ?? '', 10)] ?? names[0] ?? '',
    message,
  }));
}

function envelopeSchema(bodySchema: string): string {
  const target = /targetNamespace\s*=\s*["']([^"']*)["']/.exec(bodySchema)?.[1] ?? '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:env="${SOAP_ENVELOPE}"
    targetNamespace="${SOAP_ENVELOPE}" elementFormDefault="qualified">
  <xsd:import namespace="${target}" schemaLocation="body.xsd"/>
  <xsd:element name="Envelope">
    <xsd:complexType>
      <xsd:sequence>
        <xsd:element name="Header" minOccurs="0"/>
        <xsd:element name="Body">
          <xsd:complexType>
            <xsd:sequence><xsd:any namespace="${target}" processContents="strict"/></xsd:sequence>
          </xsd:complexType>
        </xsd:element>
      </xsd:sequence>
      <xsd:anyAttribute processContents="lax"/>
    </xsd:complexType>
  </xsd:element>
</xsd:schema>`;
}

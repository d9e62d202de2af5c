import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ctiQuery, deviceQuery } from '../../src/device/query.ts';
import { encodeRequest, escapeText } from '../../src/risport/encode.ts';

const OPTIONS = { maxReturned: 1000, stateInfo: '' };

test.each(['selectCmDevice', 'selectCmDeviceExt'] as const)(
  '%s goes out whole, in the order of the schema',
  (operation) => {
    const { soapAction, body } = encodeRequest(
      deviceQuery({
        operation,
        deviceClass: 'Phone',
        model: 564,
        status: 'UnRegistered',
        nodeName: 'cucm3',
        selectBy: 'DirNumber',
        items: ['6961', '10*'],
        protocol: 'SIP',
        downloadStatus: 'Failed',
      }),
      { maxReturned: 2000, stateInfo: '<StateInfo ClusterWide="1"/>' },
    );
    expect(soapAction).toBe(`"${operation}"`);
    expect(body).toBe(
      '<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
        'xmlns:soap="http://schemas.cisco.com/ast/soap"><soapenv:Header/><soapenv:Body>' +
        `<soap:${operation}><soap:StateInfo>&lt;StateInfo ClusterWide=&quot;1&quot;/&gt;</soap:StateInfo><soap:CmSelectionCriteria>` +
        '<soap:MaxReturnedDevices>2000</soap:MaxReturnedDevices><soap:DeviceClass>Phone</soap:DeviceClass><soap:Model>564</soap:Model>' +
        '<soap:Status>UnRegistered</soap:Status><soap:NodeName>cucm3</soap:NodeName><soap:SelectBy>DirNumber</soap:SelectBy>' +
        '<soap:SelectItems><soap:item><soap:Item>6961</soap:Item></soap:item><soap:item><soap:Item>10*</soap:Item></soap:item></soap:SelectItems>' +
        '<soap:Protocol>SIP</soap:Protocol><soap:DownloadStatus>Failed</soap:DownloadStatus></soap:CmSelectionCriteria>' +
        `</soap:${operation}></soapenv:Body></soapenv:Envelope>`,
    );
  },
);

test('selectCtiItem goes out whole, in the order of the schema', () => {
  const { soapAction, body } = encodeRequest(
    ctiQuery({
      ctiMgrClass: 'Line',
      status: 'Open',
      nodeName: 'cucm1',
      selectAppBy: 'UserId',
      appItems: ['cucmuser'],
      devNames: ['SEPF01FAF38ABC2'],
      dirNumbers: ['1002', '1003'],
    }),
    OPTIONS,
  );
  expect(soapAction).toBe('"selectCtiItem"');
  expect(body.slice(body.indexOf('<soap:selectCtiItem>'), body.indexOf('</soapenv:Body>'))).toBe(
    '<soap:selectCtiItem><soap:StateInfo></soap:StateInfo><soap:CtiSelectionCriteria><soap:MaxReturnedItems>1000</soap:MaxReturnedItems>' +
      '<soap:CtiMgrClass>Line</soap:CtiMgrClass><soap:Status>Open</soap:Status><soap:NodeName>cucm1</soap:NodeName>' +
      '<soap:SelectAppBy>UserId</soap:SelectAppBy><soap:AppItems><soap:item><soap:AppItem>cucmuser</soap:AppItem></soap:item></soap:AppItems>' +
      '<soap:DevNames><soap:item><soap:DevName>SEPF01FAF38ABC2</soap:DevName></soap:item></soap:DevNames>' +
      '<soap:DirNumbers><soap:item><soap:DirNumber>1002</soap:DirNumber></soap:item><soap:item><soap:DirNumber>1003</soap:DirNumber></soap:item></soap:DirNumbers>' +
      '</soap:CtiSelectionCriteria></soap:selectCtiItem>',
  );
});

test.each([
  ['markup', '</soap:Item><x>&"\'', '&lt;/soap:Item&gt;&lt;x&gt;&amp;&quot;&apos;'],
  ['what is escaped already is text', '&amp;', '&amp;amp;'],
  ['control characters are left out', 'a\u0000\u0008\u001Bb\u000C', 'ab'],
  ['tab and line feed stay', 'a\tb\nc', 'a\tb\nc'],
  ['a carriage return would be read as a line feed', 'a\rb', 'a&#13;b'],
  ['half of a surrogate pair is left out', 'a\uD800b\uDC00c', 'abc'],
  ['a whole pair stays', '📞', '📞'],
  ['non-characters are left out', '\uFFFE\uFFFFx', 'x'],
] as const)('%s', (_claim, text, written) => {
  expect(escapeText(text)).toBe(written);
});

test('no item can leave its element', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (item) => {
      const { body } = encodeRequest(deviceQuery({ items: [item] }), OPTIONS);
      const inside = /<soap:Item>(.*?)<\/soap:Item>/s.exec(body)?.[1] ?? '';
      expect(inside).not.toMatch(/[<>"']/);
      expect(body.match(/<soap:Item>/g)).toHaveLength(1);
    }),
  );
});

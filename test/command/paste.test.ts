import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pickCells } from '../../src/command/paste.ts';

describe('rows of a spreadsheet', () => {
  test.each([
    [
      'a name, a number and a place are one device',
      'SEP001122334455\t1001\tFront desk',
      'SEP001122334455',
      2,
    ],
    ['the name may stand anywhere', 'Front desk\t00:11:22:33:44:55', '00:11:22:33:44:55', 1],
    ['numbers count where there is no name', '1001\tFront desk\n1002\tLobby', '1001\n1002', 2],
    ['a place with a comma is a place', '1001\tDesk, front', '1001', 1],
    ['a heading names nothing', 'Name\tPlace\nSEP001122334455\tLobby', '\nSEP001122334455', 3],
    ['a row without a device is kept', 'SEP001122334455\tLobby\nfoo\tbar', 'SEP001122334455\nfoo\tbar', 1],
    ['the verb stays with its device', 'why SEP001122334455\tLobby', 'why SEP001122334455', 1],
    ['blank cells are none', 'SEP001122334455\t\t\n', 'SEP001122334455\t\t\n', 0],
    ['cells of words alone stay', 'front desk\tlobby', 'front desk\tlobby', 0],
    ['a list in a cell is a list', '1003;1004,1005\t1006', '1003;1004,1005\t1006', 0],
    ['lines without tabs stay', 'front desk\n1001', 'front desk\n1001', 0],
  ])('%s', (_claim, pasted, text, left) => {
    expect(pickCells(pasted)).toEqual({ text, left });
  });

  test('whatever is pasted, nothing is added', () => {
    const cells = fc.string({ unit: fc.constantFrom('\t', '\n', ' ', ',', 'a', '1', 'SEP001122334455') });
    fc.assert(
      fc.property(cells, (pasted) => {
        const { text } = pickCells(pasted);
        expect(text.length).toBeLessThanOrEqual(pasted.length);
      }),
    );
  });
});

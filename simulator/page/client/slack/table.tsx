/** A table block: the library's has no header cells, and cannot be scrolled by keyboard. */
import type { ReactNode } from 'react';
import type { Raw } from '../../wire.ts';
import { isRaw, rawsAt, wordIn } from './raw.ts';

export function TableBlock(props: { readonly block: Raw; readonly draw: (cell: Raw) => ReactNode }) {
  const { block, draw } = props;
  const rows = block['rows'];
  const [head = [], ...body] = (Array.isArray(rows) ? rows : []).map((row) =>
    Array.isArray(row) ? row.filter(isRaw) : [],
  );
  const settings = rawsAt(block, 'column_settings');
  const styleOf = (column: number) => ({
    'data-align': wordIn(settings[column] ?? {}, 'align') || 'left',
    'data-wraps': settings[column]?.['is_wrapped'] === true,
  });
  const cell = (one: Raw) => (one['type'] === 'raw_text' ? wordIn(one, 'text') : draw(one));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
    <section className="table" tabIndex={0} aria-label="Table">
      <table>
        <thead>
          <tr>
            {head.map((one, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
              <th key={column} scope="col" {...styleOf(column)}>
                {cell(one)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
            <tr key={place}>
              {row.map((one, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
                <td key={column} {...styleOf(column)}>
                  {cell(one)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

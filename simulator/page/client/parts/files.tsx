/** Files that came with a message. */
import type { FileSeen } from '../../wire.ts';
import { sizeOf } from '../words.ts';
import { Icon } from './icon.tsx';

export function Files({
  files,
  chat,
}: {
  readonly files: readonly FileSeen[];
  readonly chat: 'slack' | 'webex';
}) {
  if (files.length === 0) return null;
  return (
    <ul className="files">
      {files.map(({ id, name, size }) => (
        <li key={id}>
          <a className="file" href={`files/${chat}/${id}`} download={name}>
            <Icon name="file" />
            <span>
              <b>{name}</b>
              <span className="faint">{sizeOf(size)}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

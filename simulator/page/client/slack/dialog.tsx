/** Slack's modals. The browser keeps the keyboard inside, and Escape closes. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ViewSeen } from '../../wire.ts';
import { Icon } from '../parts/icon.tsx';
import { Blocks } from './blocks.tsx';
import { Field } from './field.tsx';
import { useDesk } from './use-slack.ts';

/** The top one of a stack of views. */
export function Dialogs({ views }: { readonly views: readonly ViewSeen[] }) {
  const top = views.at(-1);
  return top === undefined ? null : <Dialog key={top.id} view={top} />;
}

type Filled = Readonly<Record<string, string | null>>;

function Dialog({ view }: { readonly view: ViewSeen }) {
  const desk = useDesk();
  const place = useRef<HTMLDialogElement>(null);
  const [filled, setFilled] = useState<Filled>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [isSending, setIsSending] = useState(false);
  useEffect(() => place.current?.showModal(), []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsSending(true);
    setErrors((await desk.submit(view.id, filled)) ?? {});
    setIsSending(false);
  };
  const close = () => void desk.close(view.id);
  return (
    <dialog
      ref={place}
      className="dialog"
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <header>
          <h2 id="dialog-title">{view.title}</h2>
          <button type="button" className="quiet" aria-label="Close" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <DialogBody view={view} filled={filled} fill={setFilled} errors={errors} />
        <footer>
          {view.close !== '' && (
            <button type="button" className="press" onClick={close}>
              {view.close}
            </button>
          )}
          {view.submit !== '' && (
            <button type="submit" className="press" data-style="primary" aria-disabled={isSending}>
              {view.submit}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}

interface BodyProps {
  readonly view: ViewSeen;
  readonly filled: Filled;
  readonly fill: (change: (filled: Filled) => Filled) => void;
  readonly errors: Readonly<Record<string, string>>;
}

function DialogBody({ view, filled, fill, errors }: BodyProps) {
  const desk = useDesk();
  const { id, blocks } = view;
  return (
    <div className="dialog-body">
      {blocks.map((block, index) => {
        const name = String(block['block_id'] ?? index);
        if (block['type'] !== 'input') {
          const press = (action: string) => desk.press({ view: id }, action);
          return <Blocks key={name} blocks={[block]} names={desk.names} theme={desk.theme} press={press} />;
        }
        return (
          <Field
            key={name}
            block={block}
            view={id}
            error={errors[name] ?? ''}
            value={filled[name] ?? null}
            change={(value) => fill((before) => ({ ...before, [name]: value }))}
          />
        );
      })}
    </div>
  );
}

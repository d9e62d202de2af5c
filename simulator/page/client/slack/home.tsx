/** The App Home tab. */
import type { ViewSeen } from '../../wire.ts';
import { Blocks } from './blocks.tsx';
import { useDesk } from './use-slack.ts';

export function Home({ view }: { readonly view: ViewSeen | null }) {
  const desk = useDesk();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
    <section className="messages home" aria-label="Home" tabIndex={0}>
      {view === null ? (
        <p className="empty">Opening risbot’s Home…</p>
      ) : (
        <Blocks
          blocks={view.blocks}
          names={desk.names}
          theme={desk.theme}
          press={(action) => desk.press({ view: view.id }, action)}
        />
      )}
    </section>
  );
}

/** A list that stays at its end while it grows, unless somebody has scrolled away from it. */
import { type ReactNode, useLayoutEffect, useRef } from 'react';

/** As near to the end as that counts as at the end. Pixels. */
const NEAR = 80;

export function Scroll(props: {
  readonly className: string;
  readonly label: string;
  /** Changes when there is something new at the end. */
  readonly mark: string;
  readonly children: ReactNode;
}) {
  const { className, label, mark, children } = props;
  const place = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is drawn may have grown the list.
  useLayoutEffect(() => {
    const list = place.current;
    if (list !== null && isAtEnd.current) list.scrollTop = list.scrollHeight;
  }, [mark, children]);
  return (
    <section
      ref={place}
      className={className}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: list }) => {
        isAtEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
      }}
    >
      {children}
    </section>
  );
}

/** `risbot demo`: a simulated cluster and chats in front of it, as a page in the browser or in this terminal. */

export interface DemoOptions {
  readonly phones: number;
  readonly seed: string;
  readonly nodes: number;
  /** How much faster than life it goes. */
  readonly pace: number;
  /** Of the page; 0 is any free one. */
  readonly port: number;
  readonly terminal?: true;
}

/** Lives until the person leaves or the process is told to end; everything is gone afterwards. */
export async function demo(options: DemoOptions, signal: AbortSignal): Promise<number> {
  if (options.terminal) return (await import('./demo-terminal.ts')).demoInTerminal(options, signal);
  const { buildBundle } = await import('../../simulator/page/bundle.ts');
  // Another process builds it while this one loads the rest.
  const bundle = buildBundle();
  bundle.catch(() => {});
  return (await import('./demo-page.ts')).demoOnPage(options, bundle, signal);
}

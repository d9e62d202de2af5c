/** The page's own time: how often it looks and tells. What happens has the clock of those it happens to. */

/** Calls back again and again, first after `ms`; what it returns ends that. Never keeps the process alive. */
export function every(ms: number, call: () => void): () => void {
  const timer = setInterval(call, ms).unref();
  return () => clearInterval(timer);
}

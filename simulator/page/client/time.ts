/** The browser's timers and clock. */

export function after(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}

export function every(ms: number, call: () => void): () => void {
  const timer = setInterval(call, ms);
  return () => clearInterval(timer);
}

/** Milliseconds that only go forward. */
export function monotonic(): number {
  return performance.now();
}

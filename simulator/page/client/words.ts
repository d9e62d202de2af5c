/** How the page writes times, sizes and counts. Pure. */

/** `14:05:09`, UTC as everything that risbot says. */
export function timeOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(11, 19);
}

/** `14:05` */
export function minuteOf(epochMs: number): string {
  return timeOf(epochMs).slice(0, 5);
}

export function sizeOf(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} kB`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** What is still to happen, soonest first; two things due at the same moment happen in the order they were planned. */

export interface Schedule {
  /** `run` is handed the moment it was planned for, not the moment somebody looked. */
  add(at: number, run: (at: number) => void): void;
  /** Takes out and returns the first thing due at `now`, if any. */
  take(now: number): { readonly at: number; readonly run: (at: number) => void } | undefined;
  size(): number;
  /** When the next thing is due, epoch milliseconds; null when nothing is. */
  next(): number | null;
}

interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: (at: number) => void;
}

export function createSchedule(): Schedule {
  const heap: Task[] = [];
  let planned = 0;

  function swap(first: number, second: number): void {
    const held = heap[first];
    const other = heap[second];
    if (held === undefined || other === undefined) return;
    heap[first] = other;
    heap[second] = held;
  }

  function rise(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(heap[index], heap[parent])) return;
      swap(index, parent);
      index = parent;
    }
  }

  function sink(): void {
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      const child = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
      if (!isBefore(heap[child], heap[index])) return;
      swap(index, child);
      index = child;
    }
  }

  return {
    add(at, run) {
      heap.push({ at, order: planned, run });
      planned += 1;
      rise(heap.length - 1);
    },
    take(now) {
      const first = heap[0];
      if (first === undefined || first.at > now) return undefined;
      swap(0, heap.length - 1);
      heap.pop();
      sink();
      return first;
    },
    size: () => heap.length,
    next: () => heap[0]?.at ?? null,
  };
}

function isBefore(first: Task | undefined, second: Task | undefined): boolean {
  if (first === undefined || second === undefined) return false;
  return first.at === second.at ? first.order < second.order : first.at < second.at;
}

/** Misbehaviour of single answers: what was ordered, and which of it comes next. */

export type Fault =
  | { readonly type: 'status'; readonly status: number; readonly retryAfter?: number }
  | { readonly type: 'hang' }
  | { readonly type: 'cut' }
  /** It is done, but nobody hears so. */
  | { readonly type: 'lose' };

export interface Faults {
  order(method: string, fault: Fault, times: number): void;
  /** From now on every so manieth call gets 429; 0 for none. */
  every(calls: number, retryAfter: number): void;
  /** The fault for this call, if one was ordered; it counts. */
  take(method: string): Fault | null;
  calm(): void;
  slowMs: number;
  isDown: boolean;
}

export function createFaults(): Faults {
  let orders: { method: string; fault: Fault; left: number }[] = [];
  let every = { calls: 0, retryAfter: 1 };
  let count = 0;
  const faults: Faults = {
    slowMs: 0,
    isDown: false,
    order(method, fault, times) {
      orders.push({ method, fault, left: times });
    },
    every(calls, retryAfter) {
      every = { calls, retryAfter };
      count = 0;
    },
    take(method) {
      count += 1;
      const order = orders.find((one) => one.left > 0 && (one.method === method || one.method === '*'));
      if (order === undefined) {
        const isIt = every.calls > 0 && count % every.calls === 0;
        return isIt ? { type: 'status', status: 429, retryAfter: every.retryAfter } : null;
      }
      order.left -= 1;
      orders = orders.filter(({ left }) => left > 0);
      return order.fault;
    },
    calm() {
      orders = [];
      every = { calls: 0, retryAfter: 1 };
      faults.slowMs = 0;
    },
  };
  return faults;
}

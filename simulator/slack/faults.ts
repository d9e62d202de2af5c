/** Misbehaviour of single answers: what was ordered, and which of it comes next. */

export type Fault =
  | { readonly type: 'status'; readonly status: number; readonly retryAfter?: number }
  | { readonly type: 'error'; readonly error: string }
  | { readonly type: 'hang' }
  | { readonly type: 'cut' }
  /** It is done, but nobody hears so. */
  | { readonly type: 'lose' };

export interface Faults {
  order(method: string, fault: Fault, times: number): void;
  /** The fault for this call, if one was ordered; it counts. */
  take(method: string): Fault | null;
  calm(): void;
  slowMs: number;
  isDown: boolean;
}

export function createFaults(): Faults {
  let orders: { method: string; fault: Fault; left: number }[] = [];
  const faults: Faults = {
    slowMs: 0,
    isDown: false,
    order(method, fault, times) {
      orders.push({ method, fault, left: times });
    },
    take(method) {
      const order = orders.find((one) => one.left > 0 && (one.method === method || one.method === '*'));
      if (order === undefined) return null;
      order.left -= 1;
      orders = orders.filter(({ left }) => left > 0);
      return order.fault;
    },
    calm() {
      orders = [];
      faults.slowMs = 0;
    },
  };
  return faults;
}

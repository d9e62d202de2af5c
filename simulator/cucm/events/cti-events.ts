/** What happens to CTI applications. */
import type { CtiApp, CtiState } from '../cti-apps.ts';
import type { Cluster } from '../model.ts';
import { takes } from '../timing.ts';

/** The number in Cisco's published example of a closed provider; what it says in words is not documented. */
const REASON_CLOSED = 2;

/** The application of that id or user, in any case of letters. */
export function findApp(cluster: Cluster, word: string): CtiApp | undefined {
  const small = word.toLowerCase();
  return cluster.apps.find((app) => app.appId.toLowerCase() === small || app.userId.toLowerCase() === small);
}

/** The application closes everything and opens it again after a quarter of a minute, under the same id. */
export function restartApp(cluster: Cluster, app: CtiApp, now: number): void {
  closeApp(cluster, app, now);
  const { plan } = app;
  cluster.schedule.add(now + takes(cluster, app.appId, 'ctiRestart'), (at) => {
    if (app.plan === plan) openApp(cluster, app, at);
  });
}

export function closeApp(cluster: Cluster, app: CtiApp, now: number): void {
  setAll(cluster, app, 'Closed', REASON_CLOSED, now);
}

export function openApp(cluster: Cluster, app: CtiApp, now: number): void {
  setAll(cluster, app, 'Open', 0, now);
}

function setAll(cluster: Cluster, app: CtiApp, status: CtiState, reason: number, now: number): void {
  app.plan += 1;
  cluster.revision += 1;
  app.node.stateId += 1;
  app.revision = cluster.revision;
  const at = Math.floor(now / 1000);
  const standings = [app, ...app.devices, ...app.devices.flatMap((device) => device.lines)];
  for (const standing of standings) Object.assign(standing, { status, reason, at });
}

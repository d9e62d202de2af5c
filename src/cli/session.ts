/** A running app for one command: configuration, log, parts. */
import { type App, createApp } from '../app.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { processEnvironment } from '../config/load.ts';
import { createLogger, type LogLevel } from '../log.ts';

/** Builds the app for a person at a terminal, or for a script. */
export function startApp(config: Config): App {
  const log = createLogger({ level: levelFor(config) });
  // Whoever can start this has the configuration and its passwords: rules about chat platforms are not about them.
  return createApp({ ...config, access: null }, { clock: systemClock, log });
}

/** A person at a terminal sees answers, not logs, unless somebody asked for the log. */
function levelFor(config: Config): LogLevel {
  const asked = Boolean(processEnvironment()['RISBOT_LOG_LEVEL']) || config.log.level !== 'warn';
  return asked || process.stderr.isTTY !== true ? config.log.level : 'silent';
}

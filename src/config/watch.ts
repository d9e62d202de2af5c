/** The `watch:` section: when rooms are not to be woken, and how long history is kept. */
import { z } from 'zod';
import type { QuietHours } from '../watch/watch.ts';
import { ids } from './access.ts';
import { nearest } from './problem.ts';
import { missingOr, text, whole } from './shapes.ts';

const MOST_QUIET_HOURS = 100;

/** As they name themselves in rooms. */
const PLATFORMS = ['slack', 'webex'] as const;

/** Minutes after midnight. A time without quotes is text in YAML 1.2. */
const time = text('must be a time from 00:00 to 23:59', /^(?:[01]\d|2[0-3]):[0-5]\d$/).transform((typed) => {
  const [hours = 0, minutes = 0] = typed.split(':').map(Number);
  return hours * 60 + minutes;
});

const timeZone = text('must be a time zone such as Europe/London').superRefine((typed, context) => {
  if (isTimeZone(typed)) return;
  const near = nearest(typed, Intl.supportedValuesOf('timeZone'));
  const meant = near === null ? ' such as Europe/London' : `; did you mean ${near}?`;
  context.addIssue({ code: 'custom', message: `is not a time zone${meant}` });
});

function isTimeZone(typed: string): boolean {
  // A difference from UTC knows no summer time, and is no name.
  if (!/^[A-Za-z]/.test(typed)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const quietHours = z
  .strictObject(
    {
      platform: z.enum(PLATFORMS, { error: `must be ${PLATFORMS.join(' or ')}` }).optional(),
      rooms: ids('ids of channels and rooms').optional(),
      from: time,
      until: time,
      timeZone,
      massBreaksThrough: z.boolean({ error: 'must be true or false' }).default(true),
    },
    { error: 'must be quiet hours: from, until, timeZone, and rooms, if not all' },
  )
  .refine(
    ({ from, until }) => from !== until,
    'is quiet from a time to the same time: nothing would ever be told',
  )
  .transform(({ platform = null, rooms = null, ...hours }): QuietHours => ({ platform, rooms, ...hours }));

/** What is said unasked. */
export const watch = z.strictObject(
  {
    quietHours: z
      .array(quietHours, { error: missingOr('must be a list of quiet hours') })
      .max(MOST_QUIET_HOURS, `must be ${MOST_QUIET_HOURS} quiet hours at most`)
      .default([]),
    historyDays: whole(1, 3_650).default(90),
  },
  { error: 'must hold settings: quietHours, historyDays' },
);

/** Careful ways into Block Kit's JSON. Pure. */
import type { Raw } from '../../wire.ts';

export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function rawsAt(raw: Raw, key: string): readonly Raw[] {
  const value = raw[key];
  return Array.isArray(value) ? value.filter(isRaw) : [];
}

export function wordIn(raw: Raw, key: string): string {
  const value = raw[key];
  return typeof value === 'string' ? value : '';
}

/** Of a text object. */
export function textOf(value: unknown): string {
  return isRaw(value) ? wordIn(value, 'text') : '';
}

/** Of the text object at a key. */
export function textIn(raw: Raw, key: string): string {
  return textOf(raw[key]);
}

/** The few pictures the page needs, drawn with strokes in the colour of the text. */

const PATHS = {
  sun: 'M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m0-11.4L4.9 4.9m14.2 14.2-1.4-1.4M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0z',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  send: 'M4 12 20 4l-5 16-3.5-6.5L4 12z',
  file: 'M13 3H6v18h12V8l-5-5zm0 0v5h5',
  close: 'M6 6l12 12M18 6 6 18',
  lens: 'M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13zm4.7-1.8L20 20',
  eye: 'M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12zm13 0a3 3 0 1 1-6 0 3 3 0 0 1 6 0z',
  reply: 'M9 7 4 12l5 5m-5-5h9a7 7 0 0 1 7 7',
  check: 'M5 13l4.5 4.5L19 7',
  map: 'M9 5 4 7v12l5-2 6 2 5-2V5l-5 2-6-2zm0 0v12m6-10v12',
} as const;

export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

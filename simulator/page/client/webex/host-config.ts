/** How cards look here: sizes as in Webex's own host configuration, colours of this page. */
import { HostConfig } from 'adaptivecards';
import type { Shade } from '../theme.ts';

interface Palette {
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
  readonly soft: string;
  readonly line: string;
}

const PALETTES: Readonly<Record<Shade, Palette>> = {
  light: {
    text: '#1b2126',
    subtle: '#59636d',
    accent: '#0f6a73',
    good: '#1f7a4d',
    warning: '#8a5a00',
    attention: '#b3261e',
    soft: '#f6f7f8',
    line: '#e3e7ea',
  },
  dark: {
    text: '#e8ebee',
    subtle: '#9ba6b0',
    accent: '#5cc2ca',
    good: '#6fcf9d',
    warning: '#e0b25a',
    attention: '#ff8a80',
    soft: '#101316',
    line: '#2a3138',
  },
};

export function hostConfig(shade: Shade): HostConfig {
  const palette = PALETTES[shade];
  const both = (colour: string) => ({ default: colour, subtle: colour });
  const foregroundColors = {
    default: { default: palette.text, subtle: palette.subtle },
    dark: both(palette.text),
    light: both(palette.subtle),
    accent: both(palette.accent),
    good: both(palette.good),
    warning: both(palette.warning),
    attention: both(palette.attention),
  };
  return new HostConfig({
    fontFamily: 'inherit',
    spacing: { small: 2, default: 6, medium: 12, large: 20, extraLarge: 28, padding: 12 },
    fontSizes: { small: 12, default: 14, medium: 15, large: 18, extraLarge: 22 },
    fontWeights: { lighter: 300, default: 400, bolder: 650 },
    lineHeights: { small: 17, default: 20, medium: 21, large: 24, extraLarge: 28 },
    containerStyles: {
      default: { backgroundColor: 'transparent', foregroundColors },
      emphasis: { backgroundColor: palette.soft, foregroundColors },
    },
    actions: {
      maxActions: 5,
      spacing: 'medium',
      buttonSpacing: 6,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      showCard: { actionMode: 'inline', inlineTopMargin: 8 },
    },
    separator: { lineThickness: 1, lineColor: palette.line },
    supportsInteractivity: true,
  });
}

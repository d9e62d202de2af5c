/** The one document; everything else is its script's doing. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E" +
  "%3Crect width='16' height='16' rx='4' fill='%231f6f78'/%3E%3Cpath d='M5 12V4h3.4a2.4 2.4 0 0 1 .6 4.7L11 12' " +
  "fill='none' stroke='%23fff' stroke-width='1.8' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

export const DOCUMENT = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>risbot demo</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="main.css">
<script type="module" src="main.js"></script>
</head>
<body><div id="page"></div><noscript>The demo page needs JavaScript.</noscript></body>
</html>
`;

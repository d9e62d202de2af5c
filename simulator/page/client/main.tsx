/** Where the page begins. */
import { createRoot } from 'react-dom/client';
import 'slack-blocks-to-jsx/dist/style.css';
import './style/base.css';
import './style/page.css';
import './style/tour.css';
import './style/slack.css';
import './style/dialog.css';
import './style/blocks.css';
import './style/cluster.css';
import './style/webex.css';
import { App } from './app.tsx';
import { follow } from './store.ts';

const place = document.getElementById('page');
if (place !== null) {
  follow();
  createRoot(place).render(<App />);
}

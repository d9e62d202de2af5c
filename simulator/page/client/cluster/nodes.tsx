/** The nodes of the cluster, and what can be done to them. */
import type { NodeSeen } from '../../wire.ts';
import type { Play } from './pane.tsx';

export function Nodes({ nodes, play }: { readonly nodes: readonly NodeSeen[]; readonly play: Play }) {
  return (
    <ul className="nodes" aria-label="Nodes">
      {nodes.map((node) => (
        <li key={node.name} className="node" data-running={node.running} data-answering={node.answering}>
          <p>
            <b>{node.name}</b>
            <span className="node-state">{stateOf(node)}</span>
          </p>
          <p className="count">
            {node.registered.toLocaleString('en')} <span className="faint">up</span>
          </p>
          <div className="node-acts">
            <button
              type="button"
              className="small"
              aria-label={`${node.running ? 'Stop' : 'Start'} ${node.name}`}
              onClick={() => play(node.running ? `node down ${node.name}` : `node up ${node.name}`)}
            >
              {node.running ? 'Stop' : 'Start'}
            </button>
            <button
              type="button"
              className="small"
              aria-label={`Restart RIS on ${node.name}`}
              onClick={() => play(`ris restart ${node.name}`)}
            >
              RIS
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}

function stateOf({ running, answering }: NodeSeen): string {
  if (!running) return 'stopped';
  return answering ? 'running' : 'not answering';
}

/**
 * An HTTP proxy that knows CONNECT alone, as a process of its own. Whatever host is asked for, the tunnel ends at the port given as
 * the first argument. Writes its own port as the first line, and then a line for each tunnel.
 */
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

const target = Number(process.argv[2]);
const proxy = createServer((_request, response) => response.writeHead(405).end());
proxy.on('connect', (request, client, head) => {
  process.stdout.write(`${request.url}\n`);
  const server = connect(target, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    server.write(head);
    client.pipe(server).pipe(client);
  });
  server.on('error', () => client.destroy());
  client.on('error', () => server.destroy());
});
proxy.listen(0, '127.0.0.1', () => process.stdout.write(`${(proxy.address() as AddressInfo).port}\n`));

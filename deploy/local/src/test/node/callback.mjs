// The end of an app on the desktop that the browser comes back to: a loopback port of its own (RFC 8252 section 7.3).
import { createServer } from "node:http";
import { once } from "node:events";

/** Listens for one answer of the authorization server. */
export const awaitCallback = async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  const answered = new Promise((resolve) => {
    server.on("request", (request, response) => {
      const url = new URL(request.url, origin);
      response.setHeader("Content-Type", "text/html").end("<link rel=icon href='data:,'><title>Back in the app</title>Back in the app.");
      if (url.pathname === "/callback") {
        resolve(url);
        server.close();
      }
    });
  });
  return { redirectUri: `${origin}/callback`, answered };
};

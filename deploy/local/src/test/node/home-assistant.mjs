// home-assistant-js-websocket under Node, as scripts and servers use it: makes itself a long-lived token, lives through a
// restart of the service, and ends when the token is revoked.
// Arguments: address of the platform, an access token.
import assert from "node:assert/strict";
import {
  createConnection,
  createLongLivedTokenAuth,
  ERR_INVALID_AUTH,
  getUser,
} from "home-assistant-js-websocket";
import { WebSocket } from "ws";
import { run, tell, told } from "./scenario.mjs";

globalThis.WebSocket = WebSocket;

const connect = (url, token) => createConnection({ auth: createLongLivedTokenAuth(url, token) });
const next = (connection, event) =>
  new Promise((resolve) => {
    const listener = (_, detail) => {
      connection.removeEventListener(event, listener);
      resolve(detail);
    };
    connection.addEventListener(event, listener);
  });

await run(async (url, accessToken) => {
  const first = await connect(url, accessToken);
  const token = await first.sendMessagePromise({
    type: "auth/long_lived_access_token",
    lifespan: 365,
    client_name: "A script",
    client_icon: null,
  });
  first.close();

  const connection = await connect(url, token);
  const user = await getUser(connection);
  await connection.ping();
  tell("connected", { token, user: user.name, version: connection.haVersion });

  const disconnected = next(connection, "disconnected");
  const ready = next(connection, "ready");
  await disconnected;
  tell("disconnected");
  await ready;
  assert.equal((await getUser(connection)).id, user.id);
  tell("ready");

  assert.equal(await told(), "revoke");
  const failed = next(connection, "reconnect-error");
  const grants = await connection.sendMessagePromise({ type: "auth/refresh_tokens" });
  const own = grants.find((grant) => grant.is_current);
  assert.equal(own.type, "long_lived_access_token");
  assert.equal(own.client_name, "A script");
  // Deleting the token one stands on may close the socket before the answer is out.
  connection.sendMessagePromise({ type: "auth/delete_refresh_token", refresh_token_id: own.id }).catch(() => {});
  assert.equal(await failed, ERR_INVALID_AUTH);
  await assert.rejects(connect(url, token), (error) => error === ERR_INVALID_AUTH);
  tell("refused");
});

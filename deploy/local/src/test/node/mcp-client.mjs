// The OAuth client of the Model Context Protocol's SDK, which knows nothing but an address that answered 401.
// Arguments: address of the platform, client id.
import assert from "node:assert/strict";
import { auth, extractWWWAuthenticateParams } from "@modelcontextprotocol/sdk/client/auth.js";
import { awaitCallback } from "./callback.mjs";
import { run, tell } from "./scenario.mjs";

await run(async (url, clientId) => {
  const serverUrl = `${url}/api/`;
  const refused = await fetch(serverUrl);
  assert.equal(refused.status, 401);
  const { resourceMetadataUrl } = extractWWWAuthenticateParams(refused);
  tell("refused", { metadata: resourceMetadataUrl.href });

  const { redirectUri, answered } = await awaitCallback();
  const kept = {};
  const provider = {
    redirectUrl: redirectUri,
    clientMetadata: { client_name: "MCP", redirect_uris: [redirectUri], token_endpoint_auth_method: "none" },
    clientInformation: () => ({ client_id: clientId }),
    tokens: () => kept.tokens,
    saveTokens: (tokens) => (kept.tokens = tokens),
    saveCodeVerifier: (verifier) => (kept.verifier = verifier),
    codeVerifier: () => kept.verifier,
    redirectToAuthorization: (authorize) => tell("authorize", { url: authorize.href }),
  };
  assert.equal(await auth(provider, { serverUrl, resourceMetadataUrl }), "REDIRECT");

  const authorizationCode = (await answered).searchParams.get("code");
  assert.equal(await auth(provider, { serverUrl, resourceMetadataUrl, authorizationCode }), "AUTHORIZED");
  const first = kept.tokens;
  const call = () => fetch(serverUrl, { headers: { authorization: `Bearer ${kept.tokens.access_token}` } });
  assert.equal((await call()).status, 200);
  tell("called");

  // With tokens at hand, auth() refreshes them.
  assert.equal(await auth(provider, { serverUrl, resourceMetadataUrl }), "AUTHORIZED");
  assert.notEqual(kept.tokens.access_token, first.access_token);
  assert.equal(kept.tokens.refresh_token, first.refresh_token);
  assert.equal((await call()).status, 200);
  tell("refreshed");
});

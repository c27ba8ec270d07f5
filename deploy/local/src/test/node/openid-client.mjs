// openid-client, a certified OAuth library, as a public client that nobody registered: its id is the address of its metadata.
// Arguments: address of the platform, client id.
import assert from "node:assert/strict";
import * as oauth from "openid-client";
import { awaitCallback } from "./callback.mjs";
import { run, tell } from "./scenario.mjs";

await run(async (url, clientId) => {
  const execute = [oauth.allowInsecureRequests];
  const config = await oauth.discovery(new URL(url), clientId, undefined, oauth.None(), { algorithm: "oauth2", execute });
  const server = config.serverMetadata();
  assert.ok(server.supportsPKCE());
  assert.equal(server.authorization_response_iss_parameter_supported, true);
  assert.equal(server.client_id_metadata_document_supported, true);

  const { redirectUri, answered } = await awaitCallback();
  const pkceCodeVerifier = oauth.randomPKCECodeVerifier();
  const expectedState = oauth.randomState();
  const authorize = oauth.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
  });
  tell("authorize", { url: authorize.href });

  const answer = await answered;
  assert.equal(answer.searchParams.get("iss"), url);
  const mixedUp = new URL(answer);
  mixedUp.searchParams.set("iss", "https://elsewhere.example");
  await assert.rejects(oauth.authorizationCodeGrant(config, mixedUp, { pkceCodeVerifier, expectedState }), (error) =>
    error.cause.message.includes("issuer"),
  );

  const tokens = await oauth.authorizationCodeGrant(config, answer, { pkceCodeVerifier, expectedState });
  assert.equal(tokens.token_type, "bearer");
  const call = async (token) => (await fetch(`${url}/api/`, { headers: { authorization: `Bearer ${token}` } })).status;
  assert.equal(await call(tokens.access_token), 200);
  tell("called");

  const refreshed = await oauth.refreshTokenGrant(config, tokens.refresh_token);
  assert.equal(await call(refreshed.access_token), 200);
  tell("refreshed");

  await oauth.tokenRevocation(config, tokens.refresh_token);
  assert.equal(await call(tokens.access_token), 401);
  assert.equal(await call(refreshed.access_token), 401);
  await assert.rejects(oauth.refreshTokenGrant(config, tokens.refresh_token), { error: "invalid_grant" });
  tell("revoked");
});

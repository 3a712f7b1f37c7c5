package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.apps.RegisteredApp;
import io.github.batchferry.localgithub.identity.Jwt;
import io.github.batchferry.localgithub.identity.Pem;
import io.github.batchferry.localgithub.identity.SigningKey;
import io.github.batchferry.localgithub.json.Json;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A token of an App that is installed on the account of a hub. */
record AppToken(String token) {
    static AppToken install(Hub hub, String name, Clock clock, Map<String, String> permissions) {
        KeyPair pair = SigningKey.generate(new SecureRandom());
        RegisteredApp app = hub.github.registerApp(name, Optional.of(Pem.publicKey(pair.getPublic())), permissions);
        long installation = hub.github.installApp(app.app().id(), Hub.OWNER, List.of());
        long now = clock.instant().getEpochSecond();
        ObjectNode claims =
                Json.object().put("iss", "" + app.app().id()).put("iat", now).put("exp", now + 60);
        HttpResponse<String> created = hub.call(
                Jwt.sign(claims, pair.getPrivate(), ""),
                "POST",
                "/app/installations/" + installation + "/access_tokens",
                "");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return new AppToken(Hub.json(created).path("token").asText());
    }
}

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;

/** How many signatures of 500 bytes one core makes and checks in a second, by algorithm and provider. */
class Signatures {

    private static final int BYTES = 500;
    private static final int ROUNDS = 3;
    private static final long ROUND_NANOS = 1_000_000_000L;

    interface Step {
        void run() throws GeneralSecurityException;
    }

    public static void main(String[] args) throws Exception {
        System.out.println("JDK " + System.getProperty("java.version"));
        measure("ES256", "EC", "SHA256withECDSA", Security.getProvider("SunEC"));
        measure("RS256 (2048 bit)", "RSA", "SHA256withRSA", Security.getProvider("SunRsaSign"));
        measure("Ed25519", "Ed25519", "Ed25519", Security.getProvider("SunEC"));
        for (String name : List.of(
                "org.conscrypt.OpenSSLProvider", "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider")) {
            Provider provider;
            try {
                provider = (Provider) Class.forName(name).getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                System.out.println(name + " is not on the class path");
                continue;
            }
            measure("ES256", "EC", "SHA256withECDSA", provider);
            measure("RS256 (2048 bit)", "RSA", "SHA256withRSA", provider);
        }
    }

    private static void measure(String label, String keys, String algorithm, Provider provider) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keys, provider);
        if (keys.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else if (keys.equals("RSA")) {
            generator.initialize(2048);
        }
        KeyPair pair = generator.generateKeyPair();
        byte[] text = new byte[BYTES];
        Signature signer = Signature.getInstance(algorithm, provider);
        Signature verifier = Signature.getInstance(algorithm, provider);
        signer.initSign(pair.getPrivate());
        signer.update(text);
        byte[] signature = signer.sign();
        double signs = best(() -> {
            signer.initSign(pair.getPrivate());
            signer.update(text);
            signer.sign();
        });
        double verifies = best(() -> {
            verifier.initVerify(pair.getPublic());
            verifier.update(text);
            verifier.verify(signature);
        });
        System.out.printf("%-18s %-30s signs %,9.0f/s  verifies %,9.0f/s%n", label, provider.getName(), signs, verifies);
    }

    private static double best(Step step) throws GeneralSecurityException {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            int steps = 0;
            while (System.nanoTime() - start < ROUND_NANOS) {
                step.run();
                steps++;
            }
            best = Math.max(best, steps * 1e9 / (System.nanoTime() - start));
        }
        return best;
    }
}

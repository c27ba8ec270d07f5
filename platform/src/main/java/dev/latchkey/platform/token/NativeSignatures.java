package dev.latchkey.platform.token;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import org.conscrypt.Conscrypt;
import org.jboss.logging.Logger;
import org.jose4j.jca.ProviderContext;

/**
 * Signs and verifies in native code (Conscrypt) where there is some for this machine, seven times as fast as the JDK; with
 * the JDK's own code elsewhere. docs/adr has the measurement. Only the signatures of access tokens go this way: no default of
 * the platform changes.
 */
public final class NativeSignatures {

    /** What jose4j is told to use. */
    public static final ProviderContext PROVIDERS = new ProviderContext();

    private static final Logger LOG = Logger.getLogger(NativeSignatures.class);
    private static final Provider CONSCRYPT = Conscrypt.isAvailable() ? Conscrypt.newProvider() : null;

    static {
        if (CONSCRYPT == null) {
            LOG.info("No native signatures for this machine; access tokens are signed by the JDK");
        } else {
            Security.addProvider(CONSCRYPT);
            PROVIDERS.getSuppliedKeyProviderContext().setSignatureProvider(CONSCRYPT.getName());
        }
    }

    private NativeSignatures() {}

    /**
     * Returns an object that makes or checks ECDSA signatures with SHA-256 in the form of ASN.1.
     *
     * @see org.jose4j.jws.EcdsaUsingShaAlgorithm#convertDerToConcatenated
     */
    public static Signature ecdsa() {
        try {
            return CONSCRYPT == null
                    ? Signature.getInstance("SHA256withECDSA")
                    : Signature.getInstance("SHA256withECDSA", CONSCRYPT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA256withECDSA", e);
        }
    }

    /** Returns the same elliptic-curve key in the form that needs no conversion at each signature. */
    @SuppressWarnings("unchecked")
    public static <K extends Key> K translate(K key) {
        if (CONSCRYPT == null) {
            return key;
        }
        try {
            return (K) KeyFactory.getInstance("EC", CONSCRYPT).translateKey(key);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("a P-256 key can be used by " + CONSCRYPT.getName(), e);
        }
    }
}

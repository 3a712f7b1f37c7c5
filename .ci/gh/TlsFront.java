import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Shows a server on loopback as one that is spoken to by TLS: {@code java TlsFront.java KEYSTORE PASSWORD PORT}. Prints the port
 * it listens on.
 */
final class TlsFront {
    public static void main(String[] args) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            keys.load(in, args[1].toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, args[1].toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        try (ServerSocket front =
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.out.println(front.getLocalPort());
            while (true) {
                Socket client = front.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[2]));
                start(() -> pump(client, server));
                start(() -> pump(server, client));
            }
        }
    }

    private static void start(Runnable pump) {
        Thread thread = new Thread(pump);
        thread.setDaemon(true);
        thread.start();
    }

    private static void pump(Socket from, Socket to) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // one of them went away, and both are closed
        }
    }
}

package io.github.batchferry.mockvendor;

/** A vendor from the command line; prints its base URL and serves until it is killed. */
public final class Main {
    private Main() {}

    /** Arguments as {@code --help} says. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 0 && arguments[0].equals("--help")) {
            System.out.print(Arguments.HELP);
            return;
        }
        try {
            MockVendor vendor = MockVendor.start(Arguments.read(arguments));
            System.out.println(vendor.baseUrl());
            vendor.await();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Arguments.HELP);
            System.exit(2);
        }
    }
}

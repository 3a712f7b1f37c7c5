package io.github.batchferry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Draws the resident set of two runs over the share of their time, as SVG. */
final class MemoryPlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int BOTTOM = 40;
    private static final int TOP = 30;
    private static final double MOST = 200;

    private MemoryPlot() {}

    static void write(Path file, List<Measured.Sample> few, List<Measured.Sample> lots, int many) throws IOException {
        StringBuilder svg = new StringBuilder(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
                WIDTH, HEIGHT));
        for (int mb = 0; mb <= MOST; mb += 40) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" "
                            + "text-anchor=\"end\">%d MB</text>%n",
                    LEFT,
                    y(mb),
                    WIDTH - 10,
                    y(mb),
                    LEFT - 6,
                    y(mb) + 4,
                    mb));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#999\" stroke-dasharray=\"4\"/>%n",
                LEFT,
                y(160),
                WIDTH - 10,
                y(160)));
        line(svg, few, "#1f77b4");
        line(svg, lots, "#d62728");
        label(svg, LEFT + 20, "#1f77b4", "10,000 requests, " + seconds(few));
        label(svg, LEFT + 260, "#d62728", String.format(Locale.ROOT, "%,d requests, ", many) + seconds(lots));
        svg.append(String.format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">share of the process's time</text>%n</svg>%n",
                (WIDTH + LEFT) / 2, HEIGHT - 12));
        Files.createDirectories(file.getParent());
        Files.writeString(file, svg);
    }

    private static void line(StringBuilder svg, List<Measured.Sample> samples, String colour) {
        if (samples.isEmpty()) {
            return;
        }
        double end = samples.get(samples.size() - 1).seconds();
        int step = Math.max(1, samples.size() / 500);
        svg.append("<polyline fill=\"none\" stroke=\"").append(colour).append("\" points=\"");
        for (int i = 0; i < samples.size(); i += step) {
            Measured.Sample sample = samples.get(i);
            double x = LEFT + sample.seconds() / end * (WIDTH - 10 - LEFT);
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(sample.kb() / 1024.0)));
        }
        svg.append("\"/>\n");
    }

    private static void label(StringBuilder svg, int x, String colour, String text) {
        svg.append(String.format("<text x=\"%d\" y=\"18\" fill=\"%s\">%s</text>%n", x, colour, text));
    }

    private static String seconds(List<Measured.Sample> samples) {
        return samples.isEmpty()
                ? "no sample"
                : String.format(
                        Locale.ROOT, "%.0f s", samples.get(samples.size() - 1).seconds());
    }

    private static double y(double mb) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - Math.min(mb, MOST) / MOST);
    }
}

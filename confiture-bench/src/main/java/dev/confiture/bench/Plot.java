package dev.confiture.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.svg.SVGGraphics2D;

/** The same figures as bars: a chart for each discipline, which has a scale of its own. */
final class Plot {
    private static final int WIDTH = 900;
    private static final int HEIGHT_OF_A_BAR = 26;
    private static final int HEIGHT_OF_THE_REST = 90;

    private Plot() {}

    /** An SVG document. */
    static String of(Results results) {
        int height = results.disciplines().stream().mapToInt(it -> height(results, it)).sum();
        SVGGraphics2D svg = new SVGGraphics2D(WIDTH, height);
        int top = 0;
        for (Discipline discipline : results.disciplines()) {
            int own = height(results, discipline);
            chart(results, discipline).draw(svg, new Rectangle2D.Double(0, top, WIDTH, own));
            top += own;
        }
        return svg.getSVGDocument();
    }

    private static int height(Results results, Discipline discipline) {
        return HEIGHT_OF_THE_REST + HEIGHT_OF_A_BAR * results.contenders(discipline).size();
    }

    private static JFreeChart chart(Results results, Discipline discipline) {
        DefaultCategoryDataset medians = new DefaultCategoryDataset();
        for (String contender : results.contenders(discipline)) {
            medians.addValue(
                    results.median(discipline, contender), "median", contender.replace("\\", ""));
        }
        JFreeChart chart =
                ChartFactory.createBarChart(
                        discipline.title(),
                        null,
                        "median, " + discipline.unit(),
                        medians,
                        PlotOrientation.HORIZONTAL,
                        false,
                        false,
                        false);
        chart.getTitle().setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
        chart.setBackgroundPaint(Color.WHITE);
        CategoryPlot plot = chart.getCategoryPlot();
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        BarRenderer bars = (BarRenderer) plot.getRenderer();
        bars.setBarPainter(new StandardBarPainter());
        bars.setShadowVisible(false);
        bars.setSeriesPaint(0, new Color(0x4C72B0));
        return chart;
    }
}

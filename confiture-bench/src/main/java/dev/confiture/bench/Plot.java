package dev.confiture.bench;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.svg.SVGGraphics2D;

/** The same figures as bars, by discipline. */
final class Plot {
    private static final int WIDTH = 900;
    private static final int HEIGHT_OF_A_BAR = 16;
    private static final int HEIGHT_OF_THE_REST = 120;

    private Plot() {}

    /** An SVG document. */
    static String of(Results results) {
        DefaultCategoryDataset medians = new DefaultCategoryDataset();
        for (String discipline : results.disciplines()) {
            for (String contender : results.contenders(discipline)) {
                medians.addValue(
                        results.medianSeconds(discipline, contender),
                        contender.replace("\\", ""),
                        discipline);
            }
        }
        JFreeChart chart =
                ChartFactory.createBarChart(
                        null,
                        null,
                        "median, seconds",
                        medians,
                        PlotOrientation.HORIZONTAL,
                        true,
                        false,
                        false);
        BarRenderer bars = (BarRenderer) chart.getCategoryPlot().getRenderer();
        bars.setBarPainter(new StandardBarPainter());
        bars.setShadowVisible(false);
        bars.setItemMargin(0);
        chart.setBackgroundPaint(Color.WHITE);
        chart.getCategoryPlot().setBackgroundPaint(Color.WHITE);
        chart.getCategoryPlot().setRangeGridlinePaint(Color.LIGHT_GRAY);
        int height =
                HEIGHT_OF_THE_REST
                        + HEIGHT_OF_A_BAR * medians.getRowCount() * medians.getColumnCount();
        SVGGraphics2D svg = new SVGGraphics2D(WIDTH, height);
        chart.draw(svg, new Rectangle2D.Double(0, 0, WIDTH, height));
        return svg.getSVGDocument();
    }
}

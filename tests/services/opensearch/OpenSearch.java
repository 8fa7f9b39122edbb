import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.knn.plugin.KNNPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One OpenSearch node with its k-NN plugin on a free port of loopback: java -cp "JARS" OpenSearch.java FOLDER.
 *
 * Prints "listening on PORT" when it answers, and ends when its standard input does, so that no test leaves it behind.
 */
class OpenSearch extends Node {

    private OpenSearch(Path folder) {
        super(
            InternalSettingsPreparer.prepareEnvironment(settings(folder), Map.of(), null, () -> "test"),
            List.of(
                Netty4Plugin.class, CommonAnalysisPlugin.class, MapperExtrasPlugin.class, ReindexPlugin.class,
                PainlessPlugin.class, KNNPlugin.class
            ),
            false
        );
    }

    private static Settings settings(Path folder) {
        return Settings.builder()
            .put("path.home", folder)
            .put("cluster.name", "clauseline-tests")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", "0")
            .put("transport.port", "0")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put("action.auto_create_index", false) // an index that we forgot to make is to be noticed
            .build();
    }

    public static void main(String[] arguments) throws Exception {
        try (Node node = new OpenSearch(Path.of(arguments[0])).start()) {
            var http = node.injector().getInstance(HttpServerTransport.class);
            System.out.println("listening on " + http.boundAddress().publishAddress().getPort());
            while (System.in.read() >= 0) {
                // until the test closes it
            }
        }
        System.exit(0);
    }
}

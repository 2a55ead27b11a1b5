package dev.confiture.copy;

import dev.confiture.catalog.TableName;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Works on several tables of the target at a time, each worker in a session of its own. */
final class TableWorkers {
    /** Each may take as much memory of the target's server as an index build does. */
    private static final int MOST = 4;

    private final Database target;
    private final String purpose;

    /**
     * @param purpose see {@link Database#open}
     */
    TableWorkers(Database target, String purpose) {
        this.target = target;
        this.purpose = purpose;
    }

    /** Does it to each; the first failure keeps all workers from going on to the next. */
    <T> void forEach(Collection<T> items, BiConsumer<Session, T> work) {
        Queue<T> queue = new ConcurrentLinkedQueue<>(items);
        int processors = Runtime.getRuntime().availableProcessors();
        Workers.run(
                Math.min(items.size(), Math.clamp(processors, 1, MOST)), () -> drain(queue, work));
    }

    /** Does it to the objects of each table, which stay in their order. */
    void forEachTable(List<RemovedObject> objects, BiConsumer<Session, List<RemovedObject>> work) {
        Map<TableName, List<RemovedObject>> byTable =
                objects.stream()
                        .collect(
                                Collectors.groupingBy(
                                        RemovedObject::table,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        forEach(byTable.values(), work);
    }

    private <T> void drain(Queue<T> queue, BiConsumer<Session, T> work) {
        try (Session session = target.open(purpose)) {
            for (T item = queue.poll(); item != null; item = queue.poll()) {
                work.accept(session, item);
            }
        } catch (RuntimeException failure) {
            queue.clear();
            throw failure;
        }
    }
}

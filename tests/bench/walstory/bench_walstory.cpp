#include "hosts/hosts.h"
#include "lab/cluster.h"
#include "support/folderarchive.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"
#include "unpack/zstdblock.h"
#include "wal/histogram.h"
#include "wal/walk.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>

#include <benchmark/benchmark.h>
#include <malloc.h>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

// Archived WAL of pgbench, TIDEMARK_BENCH_WAL_MB of it (2048 when missing), made anew by a server of its own;
// or a folder that is there already, named by TIDEMARK_BENCH_WAL. 8 GB are read only when so many are there.
class Archive
{
public:
    Archive()
        : m_path(qEnvironmentVariable("TIDEMARK_BENCH_WAL"))
    {
        if (m_path.isEmpty())
            make();
        static const QRegularExpression form(u"^[0-9A-F]{24}$"_s);
        for (const QString &name : QDir(m_path).entryList(QDir::Files, QDir::Name))
            if (form.match(name).hasMatch())
                m_files += m_path + u'/' + name;
    }
    // The first so many mebibytes; empty when there are fewer.
    [[nodiscard]] QStringList files(qint64 mebibytes) const
    {
        const qint64 count = (mebibytes << 20) / DefaultSegmentSize;
        return count > m_files.size() ? QStringList() : m_files.first(count);
    }
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    void make()
    {
        const int wanted = qEnvironmentVariableIntValue("TIDEMARK_BENCH_WAL_MB");
        const qint64 bytes = qint64(wanted > 0 ? wanted : 2048) << 20;
        m_path = m_folder.filePath(u"c/archive"_s);
        lab::Cluster cluster({ .folder = m_folder.filePath(u"c"_s),
            .settings = { { u"archive_mode"_s, u"on"_s }, { u"synchronous_commit"_s, u"off"_s },
                { u"archive_command"_s, u"cp %p \"%1/%f\""_s.replace(u"%1"_s, m_path) },
                { u"max_wal_size"_s, u"1GB"_s },
                { u"checkpoint_timeout"_s, u"30s"_s } } }); // page images, as of a large database
        if (!cluster.create() || !cluster.start()
            || !cluster.psql(u"COPY (SELECT) TO PROGRAM 'mkdir \"%1\"'"_s.arg(m_path))
            || !cluster.tool(u"pgbench"_s, { u"-i"_s, u"-q"_s, u"-s"_s, u"20"_s, u"postgres"_s }))
            qFatal("no server to make WAL with");
        const auto size = [this] {
            qint64 sum = 0;
            for (const QFileInfo &file : QDir(m_path).entryInfoList(QDir::Files))
                sum += file.size();
            return sum;
        };
        while (size() < bytes)
            if (!cluster.tool(u"pgbench"_s, { u"-n"_s, u"-c"_s, u"4"_s, u"-T"_s, u"10"_s, u"postgres"_s }))
                qFatal("pgbench failed");
    }

    test::TemporaryFolder m_folder;
    QString m_path;
    QStringList m_files;
};

const Archive &archive()
{
    static const Archive one;
    return one;
}

class Everything : public WalListener
{
public:
    void ended(const WalEndTold &end) override
    {
        ++ends;
        histogram.ended(end);
    }
    void transaction(const WalTransaction &) override { ++events; }

    WalHistogram histogram { std::chrono::seconds(1) };
    std::uint64_t ends = 0;
    std::uint64_t events = 0;
};

// Processor time, of this process or of the programs it waited for: other work on the machine does not count.
double secondsOf(int who)
{
    struct rusage used {
    };
    getrusage(who, &used);
    const auto seconds = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double heapInMebibytes()
{
    const auto about = mallinfo2();
    return double(about.uordblks + about.hblkhd) / (1 << 20);
}

// Resident at most so far: what was read before by this program counts too.
double peakInMebibytes()
{
    struct rusage used {
    };
    getrusage(RUSAGE_SELF, &used);
    return double(used.ru_maxrss) / 1024;
}

// Events, rows by relation, histogram and counts by manager in one pass, checksums checked, on one core.
void everythingInOnePass(benchmark::State &state)
{
    const QStringList files = archive().files(state.range(0));
    if (files.isEmpty())
        return state.SkipWithError("so much WAL is not there");
    qint64 bytes = 0;
    double most = 0;
    std::uint64_t records = 0;
    for (auto _ : state) {
        Everything told;
        const double begun = secondsOf(RUSAGE_SELF);
        const double before = heapInMebibytes();
        std::vector<WalFileName> names;
        QByteArrayList holders;
        for (const QString &file : files)
            holders += QFileInfo(file).fileName().toLatin1();
        for (const QByteArray &name : holders)
            names.push_back(WalFileName::parse(name));
        WalStory::Options options;
        options.zstd = unpackZstdFrame;
        WalWalk walk(readingPlan(names, DefaultSegmentSize, {}), WalStory(told, options), {});
        bytes = 0;
        QByteArray portion(64 << 10, Qt::Uninitialized);
        for (const WalFileAt &at : walk.plan().front().files) {
            QFile file(files[qsizetype(at.index)]);
            if (!walk.begin(0, at) || !file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
                continue;
            for (qint64 count = 0; (count = file.read(portion.data(), portion.size())) > 0; bytes += count)
                if (!walk.take(QByteArrayView(portion.constData(), count)))
                    break;
            if (walk.finish().fault)
                state.SkipWithError("damage");
            most = std::max(most, heapInMebibytes() - before);
        }
        records = walk.stats().total().records;
        state.SetIterationTime(secondsOf(RUSAGE_SELF) - begun);
        if (told.ends == 0)
            state.SkipWithError("no transactions");
    }
    state.SetBytesProcessed(state.iterations() * bytes);
    state.counters["records"] = double(records);
    state.counters["heap_MiB"] = most;
    state.counters["peak_MiB"] = peakInMebibytes();
}

// As the console reads it, from the newest segment backwards: the time it takes with one and with two
// portions at a time, each on a core of its own.
void inPortions(benchmark::State &state)
{
    static int count = 0;
    static QCoreApplication application(count, nullptr);
    static_cast<void>(archive());
    const auto host = makeHostReaders()->of(Host {});
    const auto hour = std::chrono::hours(1);
    const auto opened = test::settle(openWal(host, { archive().path().toUtf8() }, false, {}), hour);
    auto parts = test::folderParts(host, archive().path(), nullptr);
    parts.atOnce = std::size_t(state.range(0));
    qint64 bytes = 0;
    for (auto _ : state) {
        const auto reader = makeArchiveReader(parts);
        const auto note = [&](const auto &, const MomentProgress &now) { bytes = now.bytes; };
        const auto read = test::settle(reader->read(test::questionOver(**opened), note, {}), hour);
        if (!read || !*read || (*read)->pieces.empty())
            state.SkipWithError("not read");
    }
    state.SetBytesProcessed(state.iterations() * bytes);
}

// The server's own tool over the same files.
void waldump(benchmark::State &state, bool stats)
{
    const QStringList files = archive().files(state.range(0));
    if (files.isEmpty())
        return state.SkipWithError("so much WAL is not there");
    qint64 bytes = 0;
    for (const QString &file : files)
        bytes += QFileInfo(file).size();
    QStringList arguments { u"-p"_s, archive().path(), QFileInfo(files.front()).fileName(),
        QFileInfo(files.back()).fileName() };
    if (stats)
        arguments.prepend(u"--stats"_s);
    for (auto _ : state) {
        const double begun = secondsOf(RUSAGE_CHILDREN);
        QProcess process;
        process.setStandardOutputFile(QProcess::nullDevice());
        process.setStandardErrorFile(QProcess::nullDevice());
        process.start(lab::postgresBinaries() + u"/pg_waldump"_s, arguments);
        process.waitForFinished(-1);
        state.SetIterationTime(secondsOf(RUSAGE_CHILDREN) - begun);
        if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
            state.SkipWithError("pg_waldump failed");
    }
    state.SetBytesProcessed(state.iterations() * bytes);
}

BENCHMARK(everythingInOnePass)
    ->Arg(512)
    ->Arg(2048)
    ->Arg(8192)
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();
BENCHMARK(inPortions)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(waldump, stats, true)->Arg(512)->Arg(2048)->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK_CAPTURE(waldump, text, false)->Arg(512)->Arg(2048)->Unit(benchmark::kMillisecond)->UseManualTime();

} // namespace

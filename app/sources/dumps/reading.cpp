#include "dumps/reading.h"

#include "dumps/folder.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 FirstPortion = 64 * 1024;
constexpr qint64 LargestPortion = 4 * 1024 * 1024;
constexpr qint64 LongestList = 16 * 1024 * 1024;

// Some of a file: out of the ends if they hold it, else from the host.
QCoro::Task<Result<QByteArray>> portion(std::shared_ptr<HostReader> reader, QByteArray path,
    std::shared_ptr<FileEnds> ends, qint64 size, qint64 offset, qint64 length, std::stop_token stop)
{
    if (offset < ends->head.size())
        co_return ends->head.mid(offset);
    const qint64 tailAt = size - ends->tail.size();
    if (offset >= tailAt && offset < size)
        co_return ends->tail.mid(offset - tailAt);
    auto read = co_await reader->read(path, offset, length, stop);
    co_return read;
}

// A packed file as its unpacked bytes tell. Lives on the thread that streams.
class PackedReading
{
public:
    PackedReading(Packing packing, qint64 budget)
        : m_unpacker(Unpacker::make(packing))
        , m_inspector(std::nullopt, packing)
        , m_left(budget)
    {
    }
    bool take(QByteArrayView packed)
    {
        m_left -= packed.size();
        m_spent += packed.size();
        const bool useful = m_unpacker->take(packed, [this](QByteArrayView plain) {
            m_enough = !m_inspector.take(plain);
            return !m_enough;
        });
        return useful && m_left > 0;
    }
    [[nodiscard]] DumpFacts finish()
    {
        const bool gaveUp = m_left <= 0 && !m_enough && m_unpacker->damage().isEmpty();
        if (gaveUp)
            m_inspector.giveUp();
        DumpFacts facts = m_inspector.finish();
        const QString fault = gaveUp || m_enough ? QString() : m_unpacker->finish();
        if (!fault.isEmpty() && facts.verdict != DumpFacts::Verdict::NoDump) {
            facts.verdict
                = m_unpacker->damage().isEmpty() ? DumpFacts::Verdict::Cut : DumpFacts::Verdict::Damaged;
            facts.words = fault;
        }
        return facts;
    }
    [[nodiscard]] qint64 spent() const { return m_spent; }

private:
    std::unique_ptr<Unpacker> m_unpacker;
    DumpInspector m_inspector;
    qint64 m_left;
    qint64 m_spent = 0;
    bool m_enough = false;
};

QCoro::Task<Result<DumpFacts>> readPacked(std::shared_ptr<HostReader> reader, QByteArray path,
    Packing packing, std::shared_ptr<DumpBudget> budget, std::stop_token stop)
{
    const qint64 allowed = std::min(budget->file, std::max<qint64>(budget->left, HeadLength));
    const auto reading = std::make_shared<PackedReading>(packing, allowed);
    const std::function<bool(QByteArrayView)> take
        = [reading](QByteArrayView bytes) { return reading->take(bytes); };
    auto streamed = co_await reader->stream(path, 0, take, stop);
    if (!streamed)
        co_return tl::unexpected(streamed.error());
    budget->left -= reading->spent();
    co_return reading->finish();
}

} // namespace

QCoro::Task<Result<DumpFacts>> readFile(std::shared_ptr<HostReader> reader, QByteArray path, qint64 size,
    FileEnds ends, std::shared_ptr<DumpBudget> budget, std::stop_token stop)
{
    const auto kept = std::make_shared<FileEnds>(std::move(ends));
    const auto inspector = std::make_shared<DumpInspector>(size);
    qint64 position = 0;
    qint64 spent = 0;
    qint64 length = FirstPortion;
    while (position < size) {
        auto bytes = co_await portion(reader, path, kept, size, position, length, stop);
        if (!bytes)
            co_return tl::unexpected(bytes.error());
        if (bytes->isEmpty())
            break;
        position += bytes->size();
        spent += bytes->size();
        budget->left -= bytes->size();
        if (!inspector->take(*bytes))
            break;
        const qint64 jump = std::min(inspector->skippable(), size - position);
        inspector->skip(jump);
        position += jump;
        length = jump > 0 ? FirstPortion : std::min(length * 2, LargestPortion);
        if (spent > budget->file || budget->left < 0) {
            inspector->giveUp(kept->tail);
            break;
        }
    }
    DumpFacts facts = inspector->finish();
    if (inspector->packing() == Packing::None)
        co_return facts;
    const Packing packing = inspector->packing();
    auto packed = co_await readPacked(reader, path, packing, budget, stop);
    co_return packed;
}

QCoro::Task<Result<DumpFacts>> readFolder(
    std::shared_ptr<HostReader> reader, QByteArray path, DumpItem item, std::stop_token stop)
{
    if (item.kind == DumpItem::Kind::Headless) {
        DumpFacts facts;
        facts.verdict = DumpFacts::Verdict::Cut;
        facts.format = u"directory"_s;
        facts.words = u"toc.dat is missing, which pg_dump writes last"_s;
        co_return facts;
    }
    const qint64 size = std::min(item.files.value("toc.dat"), LongestToc);
    const QByteArray tocPath = path + "/toc.dat";
    auto bytes = co_await reader->read(tocPath, 0, size, stop);
    if (!bytes)
        co_return tl::unexpected(bytes.error());
    const auto toc = parseToc(*bytes);
    QHash<QByteArray, QByteArray> lists;
    const QByteArrayList names = toc ? objectLists(*toc) : QByteArrayList();
    for (const QByteArray &name : names) {
        if (!item.files.contains(name))
            continue;
        const QByteArray listPath = path + '/' + name;
        auto list = co_await reader->read(listPath, 0, LongestList, stop);
        if (!list)
            co_return tl::unexpected(list.error());
        lists.insert(name, *list);
    }
    co_return folderFacts(toc, item.files, lists);
}

} // namespace tidemark

#include "backupsourcecontract.h"
#include "ports/sleep.h"
#include "ports/turns.h"
#include "values/pathtext.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

struct Place {
    std::map<QByteArray, int> things { { "first", 1 }, { "second", 2 } };
    bool readable = true;
    std::shared_ptr<test::Gate> gate;
};

// The least a source can be: the contract's own proof, and an example.
class MemorySource : public BackupSource, public std::enable_shared_from_this<MemorySource>
{
public:
    explicit MemorySource(std::shared_ptr<Place> place)
        : m_place(std::move(place))
    {
    }
    [[nodiscard]] QString name() const override { return u"memory"_s; }
    [[nodiscard]] Capabilities capabilities() const override { return {}; }
    [[nodiscard]] QCoro::Task<Result<Scan>> scan(Known known, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        auto turn = co_await takeTurn(m_turns, stop);
        co_await m_place->gate->pass();
        co_await sleepOr(std::chrono::milliseconds(2), stop);
        if (!turn || stop.stop_requested())
            co_return failure(ErrorKind::Cancelled, u"source.cancelled"_s, {});
        co_return found(known);
    }

private:
    [[nodiscard]] Scan found(const Known &known) const
    {
        Scan scan;
        scan.source = name();
        scan.at = Instant::fromSeconds(1'700'000'000);
        scan.whole = m_place->readable;
        if (!scan.whole) {
            scan.troubles
                = { { name(), u"all"_s, {}, { ErrorKind::Denied, u"host.denied"_s, u"closed"_s } } };
            return scan;
        }
        for (const auto &[path, stamp] : m_place->things) {
            Artifact artifact;
            artifact.source = name();
            artifact.id = pathText(path);
            artifact.stamp = QString::number(stamp);
            if (known.stamps.value(artifact.id) != artifact.stamp)
                scan.artifacts.push_back(artifact);
        }
        for (auto it = known.stamps.keyBegin(); it != known.stamps.keyEnd(); ++it)
            if (!m_place->things.contains(pathBytes(*it)))
                scan.gone.append(*it);
        return scan;
    }

    std::shared_ptr<Place> m_place;
    std::shared_ptr<Queue> m_turns = std::make_shared<Queue>();
};

} // namespace

class TestSourceContract : public test::BackupSourceContract
{
    Q_OBJECT

protected:
    std::shared_ptr<BackupSource> make() override
    {
        m_place = std::make_shared<Place>();
        m_place->gate = gate();
        return std::make_shared<MemorySource>(m_place);
    }
    std::optional<QString> add(const QByteArray &name) override
    {
        m_place->things[name] = 7;
        return pathText(name);
    }
    void remove(const QByteArray &name) override { m_place->things.erase(name); }
    void setReadable(bool readable) override { m_place->readable = readable; }

private:
    std::shared_ptr<Place> m_place;
};

QTEST_GUILESS_MAIN(TestSourceContract)
#include "tst_sourcecontract.moc"

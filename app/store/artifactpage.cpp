#include "store/artifactpage.h"

#include <utility>

namespace tidemark {

namespace {

constexpr char Format = 1;
constexpr quint64 WithParent = 1U << PackedFact::Numbers;
constexpr quint64 WithReason = WithParent << 1;

// The number of the same artifact that another one is near to; itself: the one of the artifact before.
constexpr std::array<PackedFact::Number, PackedFact::Numbers> near { PackedFact::Group, PackedFact::Traits,
    PackedFact::Start, PackedFact::Start, PackedFact::Stop, PackedFact::StartLsn, PackedFact::StartLsn,
    PackedFact::Timeline, PackedFact::Size, PackedFact::Stored, PackedFact::Objects };

using Numbers = std::array<quint64, PackedFact::Numbers>;

quint64 expected(const PackedFact &fact, std::size_t which, const Numbers &last)
{
    const PackedFact::Number beside = near[which];
    return beside != which && fact.has(beside) ? fact.numbers[beside] : last[which];
}

// Group and traits are always there: their bits tell that they differ from those before.
quint64 maskOf(const PackedFact &fact, const Numbers &last)
{
    quint64 mask = fact.present;
    for (const auto which : { PackedFact::Group, PackedFact::Traits })
        mask = fact.numbers[which] == last[which] ? mask & ~(quint64 { 1 } << which) : mask;
    return mask | (fact.parent.isEmpty() ? 0 : WithParent) | (fact.reason.isEmpty() ? 0 : WithReason);
}

QByteArray packedNames(std::span<const ArtifactRow> rows)
{
    Packer packer;
    const ArtifactRow none;
    const ArtifactRow *before = &none;
    for (const ArtifactRow &row : rows) {
        packer.text(row.id, before->id);
        packer.text(row.stamp, before->stamp);
        before = &row;
    }
    return sealed(Format, packer.packed());
}

QByteArray packedFacts(std::span<const ArtifactRow> rows)
{
    Packer packer;
    Numbers last {};
    QString parent;
    QString reason;
    for (const ArtifactRow &row : rows) {
        const PackedFact &fact = row.fact;
        const quint64 mask = maskOf(fact, last);
        packer.number(mask);
        for (std::size_t i = 0; i < PackedFact::Numbers; ++i) {
            if ((mask >> i & 1) == 0)
                continue;
            packer.change(fact.numbers[i], expected(fact, i, last));
            last[i] = fact.numbers[i];
        }
        if ((mask & WithParent) != 0)
            packer.text(fact.parent, std::exchange(parent, fact.parent));
        if ((mask & WithReason) != 0)
            packer.text(fact.reason, std::exchange(reason, fact.reason));
    }
    return sealed(Format, packer.packed());
}

QByteArray packedOwn(std::span<const ArtifactRow> rows)
{
    Packer packer;
    bool any = false;
    for (const ArtifactRow &row : rows) {
        packer.bytes(row.own);
        any = any || !row.own.isEmpty();
    }
    // Much the same words in every one of them.
    return any ? sealed(Format, qCompress(packer.packed(), 1)) : QByteArray("");
}

bool takeOwn(const QByteArray &own, std::vector<ArtifactRow> &rows)
{
    if (own.isEmpty())
        return true;
    const auto inside = unsealed(Format, own);
    if (!inside)
        return false;
    const QByteArray plain = qUncompress(inside->toByteArray());
    Unpacker bytes(QByteArrayView { plain });
    for (ArtifactRow &row : rows)
        row.own = bytes.bytes();
    return !bytes.isBad() && bytes.atEnd();
}

} // namespace

ArtifactPage packed(std::span<const ArtifactRow> rows)
{
    return { packedNames(rows), packedFacts(rows), packedOwn(rows) };
}

std::optional<std::vector<ArtifactRow>> unpacked(const ArtifactPage &page)
{
    std::vector<ArtifactRow> rows;
    NamesReader names(page.names, NamesReader::Stamps::Read);
    FactsReader facts(page.facts);
    while (names.next() && facts.next())
        rows.push_back({ names.id(), names.stamp(), facts.fact(), {} });
    const bool whole = names.isGood() && facts.isGood() && !names.next() && !facts.next();
    if (!whole || !takeOwn(page.own, rows))
        return std::nullopt;
    return rows;
}

NamesReader::NamesReader(const QByteArray &names, Stamps stamps)
    : m_withStamps(stamps == Stamps::Read)
    , m_bytes(unsealed(Format, names))
{
}

bool NamesReader::next()
{
    if (!isGood() || m_bytes.atEnd())
        return false;
    m_bytes.text(m_id);
    if (m_withStamps)
        m_bytes.text(m_stamp);
    else
        m_bytes.skipText();
    return !m_bytes.isBad();
}

FactsReader::FactsReader(const QByteArray &facts)
    : m_bytes(unsealed(Format, facts))
{
}

bool FactsReader::next()
{
    if (!isGood() || m_bytes.atEnd())
        return false;
    const quint64 mask = m_bytes.number();
    m_fact.present
        = static_cast<quint32>(mask & (WithParent - 1)) | 1U << PackedFact::Group | 1U << PackedFact::Traits;
    for (std::size_t i = 0; i < PackedFact::Numbers; ++i) {
        if ((mask >> i & 1) != 0)
            m_last[i] = m_fact.numbers[i] = m_bytes.change(expected(m_fact, i, m_last));
        else
            m_fact.numbers[i] = i <= PackedFact::Traits ? m_last[i] : 0;
    }
    takeText(mask & WithParent, m_parent, m_fact.parent);
    takeText(mask & WithReason, m_reason, m_fact.reason);
    return !m_bytes.isBad();
}

void FactsReader::takeText(bool there, QString &last, QString &text)
{
    if (there)
        m_bytes.text(last);
    text = there ? last : QString();
}

} // namespace tidemark

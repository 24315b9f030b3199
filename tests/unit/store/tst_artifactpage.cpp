#include "store/artifactrows.h"
#include "support/samplescan.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

std::vector<ArtifactRow> rows(int count)
{
    std::vector<ArtifactRow> made;
    for (int i = 0; i < count; ++i) {
        Artifact artifact
            = i % 3 == 0 ? test::sampleArtifact() : test::plainArtifact({}, 1'700'000'000 + i * 77);
        artifact.id = u"vm/%1/2026-11-%2"_s.arg(i / 7).arg(i, 5, 10, QLatin1Char('0'));
        artifact.stamp = u"%1-ok"_s.arg(1'600'000'000 + i * 31);
        if (i % 5 == 1)
            artifact.parent = u"vm/%1"_s.arg(i / 7);
        made.push_back(rowOf(artifact, i / 10 + 1));
    }
    return made;
}

} // namespace

class TestArtifactPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersComeBack_data();
    void numbersComeBack();
    void textsComeBack_data();
    void textsComeBack();
    void aPageComesBackWhole_data();
    void aPageComesBackWhole();
    void anyBitThatFlipsIsSeen();
    void bytesThatEndTooSoonAreRefused();
    void aThousandAreSmall();
};

void TestArtifactPage::numbersComeBack_data()
{
    QTest::addColumn<quint64>("value");
    QTest::addColumn<quint64>("expected");
    QTest::addColumn<int>("size");
    constexpr quint64 most = std::numeric_limits<quint64>::max();
    QTest::newRow("none") << quint64 { 0 } << quint64 { 0 } << 1;
    QTest::newRow("the same") << most << most << 1;
    QTest::newRow("one more") << quint64 { 1'000'000 } << quint64 { 999'999 } << 1;
    QTest::newRow("one less") << quint64 { 999'999 } << quint64 { 1'000'000 } << 1;
    QTest::newRow("around the end") << quint64 { 3 } << most << 1;
    QTest::newRow("far away") << (quint64 { 1 } << 63) << quint64 { 0 } << 10;
}

void TestArtifactPage::numbersComeBack()
{
    QFETCH(const quint64, value);
    QFETCH(const quint64, expected);
    Packer packer;
    packer.change(value, expected);
    QTEST(static_cast<int>(packer.packed().size()), "size");
    Unpacker unpacker(QByteArrayView(packer.packed()));
    QCOMPARE(unpacker.change(expected), value);
    QVERIFY(unpacker.atEnd() && !unpacker.isBad());
}

void TestArtifactPage::textsComeBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("like");
    QTest::newRow("the same") << u"abc"_s << u"abc"_s;
    QTest::newRow("shorter") << u"ab"_s << u"abc"_s;
    QTest::newRow("empty") << QString() << u"abc"_s;
    QTest::newRow("after none") << u"ü€"_s << QString();
    QTest::newRow("other letters behind") << u"abü€"_s << u"abc"_s;
    QTest::newRow("half a pair in common") << u"a\U0001F418b"_s << u"a\U0001F419b"_s;
}

void TestArtifactPage::textsComeBack()
{
    QFETCH(const QString, text);
    QFETCH(QString, like);
    Packer packer;
    packer.text(text, like);
    packer.text(text, text);
    Unpacker unpacker(QByteArrayView(packer.packed()));
    unpacker.text(like);
    QCOMPARE(like, text);
    unpacker.text(like);
    QCOMPARE(like, text);
    QVERIFY(unpacker.atEnd() && !unpacker.isBad());
}

void TestArtifactPage::aPageComesBackWhole_data()
{
    QTest::addColumn<int>("count");
    for (const int count : { 0, 1, 2, 256, 1000 })
        QTest::addRow("%d", count) << count;
}

void TestArtifactPage::aPageComesBackWhole()
{
    QFETCH(const int, count);
    const std::vector<ArtifactRow> told = rows(count);
    const auto back = unpacked(packed(told));
    QVERIFY(back);
    QVERIFY(*back == told);
}

void TestArtifactPage::anyBitThatFlipsIsSeen()
{
    const ArtifactPage page = packed(rows(9));
    for (QByteArray ArtifactPage::*part :
        { &ArtifactPage::names, &ArtifactPage::facts, &ArtifactPage::own }) {
        for (qsizetype bit = 0; bit < (page.*part).size() * 8; ++bit) {
            ArtifactPage damaged = page;
            QByteArray &bytes = damaged.*part;
            bytes[bit / 8] = static_cast<char>(bytes.at(bit / 8) ^ (1 << bit % 8));
            QVERIFY2(!unpacked(damaged), qPrintable(u"bit %1"_s.arg(bit)));
        }
    }
}

// Even behind a checksum that holds.
void TestArtifactPage::bytesThatEndTooSoonAreRefused()
{
    const ArtifactPage page = packed(rows(5));
    for (QByteArray ArtifactPage::*part : { &ArtifactPage::names, &ArtifactPage::facts }) {
        const QByteArray inside = unsealed(1, page.*part).value().toByteArray();
        for (qsizetype size = 0; size < inside.size(); ++size) {
            ArtifactPage cut = page;
            cut.*part = sealed(1, inside.first(size));
            QVERIFY2(!unpacked(cut), qPrintable(QString::number(size)));
        }
    }
}

void TestArtifactPage::aThousandAreSmall()
{
    const ArtifactPage page = packed(rows(1000));
    const qsizetype size = page.names.size() + page.facts.size() + page.own.size();
    QVERIFY2(size < 80'000, qPrintable(QString::number(size)));
}

QTEST_GUILESS_MAIN(TestArtifactPage)
#include "tst_artifactpage.moc"

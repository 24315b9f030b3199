#include "items/rowsmodel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QRandomGenerator>
#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

struct Letter {
    QString name;
    int value = 0;

    bool operator==(const Letter &) const = default;
    [[nodiscard]] QString key() const { return name; }
};

class LetterModel : public RowsModel<Letter>
{
public:
    LetterModel()
        : RowsModel(
            2, [](const Letter &letter, int) { return Cell { letter.name }; }, nullptr)
    {
    }
};

// "a b2" is a row a of value 0 and a row b of value 2.
std::vector<Letter> letters(const QString &text)
{
    std::vector<Letter> rows;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts))
        rows.push_back({ word.left(1), word.mid(1).toInt() });
    return rows;
}

// What the model told its views, as words.
QStringList heard(LetterModel &model, const QString &next)
{
    QStringList told;
    const auto range = [&told](const char *what) {
        return [&told, what](const QModelIndex &, int first, int last) {
            told.append(QString::fromLatin1(what) + QString::number(first) + u'-' + QString::number(last));
        };
    };
    QObject scope;
    QObject::connect(&model, &QAbstractItemModel::rowsRemoved, &scope, range("remove "));
    QObject::connect(&model, &QAbstractItemModel::rowsInserted, &scope, range("insert "));
    QObject::connect(&model, &QAbstractItemModel::dataChanged, &scope,
        [&told](const QModelIndex &from, const QModelIndex &to) {
            told.append(u"change %1-%2"_s.arg(from.row()).arg(to.row()));
        });
    model.setRows(letters(next));
    return told;
}

} // namespace

class TestUpdateRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aListBecomesAnother_data();
    void aListBecomesAnother();
    void selectionSurvives();
    void anyListBecomesAnyOther();
};

void TestUpdateRows::aListBecomesAnother_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("told");
    QTest::newRow("nothing new") << "a b c"
                                 << "a b c"
                                 << "";
    QTest::newRow("first rows") << ""
                                << "a b c"
                                << "insert 0-2";
    QTest::newRow("all gone") << "a b c"
                              << ""
                              << "remove 0-2";
    QTest::newRow("one run changed") << "a b c d"
                                     << "a b1 c1 d"
                                     << "change 1-2";
    QTest::newRow("two runs changed") << "a b c d"
                                      << "a1 b c1 d1"
                                      << "change 0-0; change 2-3";
    QTest::newRow("middle removed") << "a b c d"
                                    << "a d"
                                    << "remove 1-2";
    QTest::newRow("two runs removed, last first") << "a b c d e"
                                                  << "b d"
                                                  << "remove 4-4; remove 2-2; remove 0-0";
    QTest::newRow("middle inserted") << "a d"
                                     << "a b c d"
                                     << "insert 1-2";
    QTest::newRow("replaced") << "a b c"
                              << "a x y c1"
                              << "remove 1-1; insert 1-2; change 3-3";
    QTest::newRow("last to front") << "a b c"
                                   << "c a b"
                                   << "remove 2-2; insert 0-0";
}

void TestUpdateRows::aListBecomesAnother()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, told);
    LetterModel model;
    model.setRows(letters(before));
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(heard(model, after).join(u"; "_s), told);
    QCOMPARE(model.rows(), letters(after));
}

void TestUpdateRows::selectionSurvives()
{
    LetterModel model;
    model.setRows(letters(u"a b c"_s));
    const QPersistentModelIndex held = model.index(1, 0);
    model.setRows(letters(u"x a y b3 c"_s));
    QCOMPARE(held.data().toString(), u"b"_s);
    QCOMPARE(held.row(), 3);
}

void TestUpdateRows::anyListBecomesAnyOther()
{
    QRandomGenerator dice(20261120);
    LetterModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int round = 0; round < 500; ++round) {
        QString pool = u"abcdefgh"_s;
        std::vector<Letter> next;
        for (int left = dice.bounded(9); left > 0; --left) {
            const int at = dice.bounded(int(pool.size()));
            next.push_back({ pool.mid(at, 1), dice.bounded(3) });
            pool.remove(at, 1);
        }
        model.setRows(next);
        QCOMPARE(model.rows(), next);
    }
}

QTEST_GUILESS_MAIN(TestUpdateRows)
#include "tst_updaterows.moc"

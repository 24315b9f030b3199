#include "shell/shellwindow.h"
#include "support/showactive.h"
#include "support/uiworld.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QScopeGuard>
#include <QSet>
#include <QTest>
#include <QToolButton>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

bool takesTab(const QWidget *widget)
{
    return widget->isVisible() && widget->isEnabled() && widget->focusPolicy() & Qt::TabFocus;
}

QString nameOf(const QWidget *widget)
{
    return u"%1 %2"_s.arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName());
}

QString spokenName(QWidget *widget)
{
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
    return face ? face->text(QAccessible::Name) : QString();
}

QStringList withoutName(const QWidget *window)
{
    QStringList silent;
    for (QWidget *widget : window->findChildren<QWidget *>())
        if ((takesTab(widget) || (qobject_cast<QAbstractButton *>(widget) && widget->isVisible()))
            && spokenName(widget).isEmpty() && !widget->objectName().startsWith(u"qt_"_s))
            silent << nameOf(widget);
    return silent;
}

bool isCut(const QWidget *widget)
{
    const QSize wanted = widget->sizeHint();
    if (const auto *label = qobject_cast<const QLabel *>(widget)) {
        if (label->text().isEmpty() || label->minimumSizeHint().width() < wanted.width())
            return false; // elides by itself and tells the rest in its tooltip
        if (label->wordWrap())
            return label->height() < label->heightForWidth(label->width());
        return label->width() < wanted.width() || label->height() < wanted.height();
    }
    if (const auto *tool = qobject_cast<const QToolButton *>(widget);
        tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull())
        return false;
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget);
        button && !button->text().isEmpty())
        return widget->minimumSizeHint() == wanted
            && (widget->width() < wanted.width() || widget->height() < wanted.height());
    return false;
}

QStringList cutTexts(const QWidget *window)
{
    QStringList cut;
    for (const QWidget *widget : window->findChildren<QWidget *>())
        if (widget->isVisible() && isCut(widget))
            cut << u"%1: \"%2\" %3x%4"_s.arg(nameOf(widget), widget->property("text").toString())
                       .arg(widget->width())
                       .arg(widget->height());
    return cut;
}

// Everything Tab reaches from where it starts, until it comes back there.
QSet<QWidget *> reachedByTab(QWidget *window)
{
    QSet<QWidget *> reached;
    for (int i = 0; i < 500 && QApplication::focusWidget() && !reached.contains(QApplication::focusWidget());
         ++i) {
        reached << QApplication::focusWidget();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    Q_UNUSED(window)
    return reached;
}

bool standsForAGroup(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    return button && button->isCheckable() && (button->group() || button->autoExclusive());
}

QStringList notReached(QWidget *window)
{
    const auto reached = reachedByTab(window);
    QStringList missed;
    for (QWidget *widget : window->findChildren<QWidget *>()) {
        const bool proxied = widget->focusProxy() != nullptr;
        if (takesTab(widget) && widget->window() == window && !reached.contains(widget)
            && !standsForAGroup(widget) && !proxied)
            missed << nameOf(widget);
    }
    return missed;
}

// What nobody owns stays when its window has gone.
QStringList leftBehind(const QWidgetList &before)
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QStringList left;
    for (const QWidget *widget : QApplication::allWidgets())
        if (!before.contains(widget))
            left << nameOf(widget);
    left.sort();
    return left;
}

} // namespace

// Each page that exists, in the real window: everything that takes the focus has a name, Tab reaches all of
// it and comes back, no text is cut, and nothing outlives the window. Run at scale 1 and 2.
class TestEveryPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_before = QApplication::allWidgets();
        m_theme = std::make_unique<Theme>(*qApp);
    }
    void cleanup()
    {
        QCOMPARE(leftBehind(m_before).join(u'\n'), QString());
        m_theme.reset();
    }

    void page_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        const PageTable table = pageTable();
        QStringList ids;
        for (const PageEntry &entry : table.pages)
            ids << entry.id;
        if (table.welcome.make)
            ids << QString();
        for (const QString &id : ids)
            for (const bool dark : { false, true })
                for (const QSize &size : { QSize(1440, 900), QSize(1180, 720) })
                    QTest::addRow("%s %s %d", id.isEmpty() ? "welcome" : qPrintable(id),
                        dark ? "dark" : "light", size.width())
                        << id << dark << size;
    }
    void page()
    {
        QFETCH(QString, id);
        QFETCH(bool, dark);
        QFETCH(QSize, size);
        test::UiWorld world;
        world.preferences->texts.insert(u"theme"_s, dark ? u"dark"_s : u"light"_s);
        world.preferences->texts.insert(u"window/page"_s, id);
        if (!id.isEmpty())
            world.openExample();
        ShellWindow window(world.context(*m_theme), pageTable());
        window.resize(size);
        QVERIFY(test::showActive(&window));
        QCOMPARE(window.size(), size);
        keep(window, id, dark);
        QCOMPARE(withoutName(&window).join(u'\n'), QString());
        QTRY_COMPARE(cutTexts(&window).join(u'\n'), QString());
        QCOMPARE(notReached(&window).join(u'\n'), QString());
    }

    void restoreFindsRecover()
    {
        QStringList found;
        for (const PageEntry &entry : pageTable().pages)
            if (entry.synonyms.contains(u"restore"_s))
                found << entry.id;
        QCOMPARE(found, QStringList { u"recover"_s });
    }

    // The desktop's text at twice its size: controls and rows grow with it, and the window stays on its
    // screen.
    void pageWithLargeText_data()
    {
        QTest::addColumn<QString>("id");
        for (const PageEntry &entry : pageTable().pages)
            QTest::newRow(qPrintable(entry.id)) << entry.id;
        QTest::newRow("welcome") << QString();
    }
    void pageWithLargeText()
    {
        QFETCH(QString, id);
        m_theme.reset();
        QFont large = QApplication::font();
        large.setPixelSize(26);
        QApplication::setFont(large);
        m_theme = std::make_unique<Theme>(*qApp);
        const auto back = qScopeGuard([&] {
            large.setPixelSize(13);
            QApplication::setFont(large);
        });
        test::UiWorld world;
        world.preferences->texts.insert(u"window/page"_s, id);
        if (!id.isEmpty())
            world.openExample();
        ShellWindow window(world.context(*m_theme), pageTable());
        window.resize(1420, 860);
        QVERIFY(test::showActive(&window));
        QCOMPARE(window.size(), QSize(1420, 860));
        QTRY_COMPARE(cutTexts(&window).join(u'\n'), QString()); // layouts that turn need another round
        keep(window, u"large-"_s + id, false);
        QCOMPARE(window.findChild<QListView *>(u"navigation.pages"_s)->sizeHintForRow(0), 56);
        QStringList overlapping;
        for (const QLineEdit *field : window.findChildren<QLineEdit *>())
            if (field->isVisible() && field->hasFrame() && field->height() < field->sizeHint().height())
                overlapping << nameOf(field);
        QCOMPARE(overlapping, QStringList());
    }

    // Whoever walks a page by keyboard sees where the focus is, in painted rows too.
    void theCurrentRowShowsTheFocus_data() { pageWithLargeText_data(); }
    void theCurrentRowShowsTheFocus()
    {
        QFETCH(QString, id);
        test::UiWorld world;
        world.preferences->texts.insert(u"window/page"_s, id);
        if (!id.isEmpty())
            world.openExample();
        ShellWindow window(world.context(*m_theme), pageTable());
        QVERIFY(test::showActive(&window));
        QStringList silent;
        for (auto *view : window.findChildren<QAbstractItemView *>()) {
            if (!takesTab(view) || view->model()->rowCount() == 0)
                continue;
            view->setFocus(Qt::TabFocusReason);
            view->setCurrentIndex(view->model()->index(0, 0));
            const QRect row = view->visualRect(view->currentIndex());
            const QImage with = view->viewport()->grab(row).toImage();
            view->clearFocus();
            if (view->viewport()->grab(row).toImage() == with)
                silent << nameOf(view);
        }
        QCOMPARE(silent.join(u'\n'), QString());
    }

private:
    // With TIDEMARK_SHOTS set to a folder the pictures are kept there.
    static void keep(QWidget &window, const QString &id, bool dark)
    {
        const QString folder = qEnvironmentVariable("TIDEMARK_SHOTS");
        const QString name = u"%1/page-%2-%3%4.png"_s.arg(folder, id.isEmpty() ? u"welcome"_s : id)
                                 .arg(window.width())
                                 .arg(dark ? u"-dark"_s : QString());
        if (!folder.isEmpty() && window.devicePixelRatio() < 2)
            QVERIFY(window.grab().save(name));
    }

    QWidgetList m_before;
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestEveryPage)
#include "tst_everypage.moc"

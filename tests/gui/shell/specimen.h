#pragma once

#include "items/cell.h"
#include "theme/fills.h"
#include "theme/glyphs.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/delegates.h"
#include "widgets/emptystate.h"
#include "widgets/environmentblock.h"
#include "widgets/marks.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QProgressBar>
#include <QRadioButton>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTableView>

namespace tidemark::test {

// Paints what a function paints.
class Swatch : public QWidget
{
public:
    Swatch(QSize size, std::function<void(QPainter &, const Theme &, const QRect &)> paint)
        : m_paint(std::move(paint))
    {
        setFixedSize(size);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        m_paint(painter, Theme::of(this), rect());
    }

private:
    std::function<void(QPainter &, const Theme &, const QRect &)> m_paint;
};

// The sheet of the design: states, markers, fills, controls, banners, rows.
class Specimen : public Ground
{
public:
    Specimen()
        : Ground(Token::Surface, Line::None)
    {
        auto *row = new QHBoxLayout(this);
        row->setSpacing(30);
        auto *left = new QVBoxLayout;
        auto *right = new QVBoxLayout;
        row->addLayout(left, 2);
        row->addLayout(right, 1);
        auto *shapes = new QHBoxLayout;
        shapes->addLayout(glyphs());
        shapes->addLayout(markers());
        shapes->addLayout(fills());
        shapes->addLayout(environments());
        left->addLayout(shapes);
        left->addWidget(heading(QStringLiteral("Controls")));
        left->addLayout(buttons());
        left->addLayout(fields());
        left->addLayout(chips());
        left->addWidget(table(), 1);
        addMessages(right);
    }

private:
    static QWidget *heading(const QString &text) { return new TextLabel(text, FontRole::Strong); }
    static QLayout *line(QWidget *mark, const QString &text)
    {
        auto *row = new QHBoxLayout;
        row->setSpacing(10);
        row->addWidget(mark);
        row->addWidget(new TextLabel(text));
        row->addStretch(1);
        return row;
    }
    static QLayout *glyphs()
    {
        auto *column = new QVBoxLayout;
        column->addWidget(heading(QStringLiteral("States, shape before colour")));
        for (int i = int(Glyph::Ok); i <= int(Glyph::Stale); ++i)
            column->addLayout(line(new GlyphMark(Glyph(i)), glyphWords(Glyph(i))));
        return column;
    }
    static QLayout *markers()
    {
        static const char *const Names[] { "full backup", "differential", "incremental", "pg_basebackup",
            "pg_dump", "VM snapshot, PBS", "S3 Glacier copy", "standby", "maintenance window",
            "pruned here" };
        auto *column = new QVBoxLayout;
        column->addWidget(heading(QStringLiteral("Backup sources")));
        for (int i = 0; i < 10; ++i)
            column->addLayout(line(
                new Swatch({ 16, 16 },
                    [i](QPainter &p, const Theme &t, const QRect &r) { paintMarker(p, t, Marker(i), r); }),
                QString::fromLatin1(Names[i])));
        column->addStretch(1);
        return column;
    }
    static QLayout *fills()
    {
        static const char *const Names[] { "any instant restorable", "not restorable", "expected, predicted",
            "maintenance window", "overlap", "legal hold", "future, simulated", "undone or lost" };
        auto *column = new QVBoxLayout;
        column->addWidget(heading(QStringLiteral("Fills")));
        for (int i = 0; i < 8; ++i)
            column->addLayout(
                line(new Swatch({ 52, 16 },
                         [i](QPainter &p, const Theme &t, const QRect &r) { paintFill(p, t, Fill(i), r); }),
                    QString::fromLatin1(Names[i])));
        column->addStretch(1);
        return column;
    }
    static QLayout *block(std::optional<Environment> environment, const QString &name)
    {
        auto *row = new QHBoxLayout;
        row->setSpacing(0);
        auto *edge = new EnvironmentEdge;
        auto *block = new EnvironmentBlock;
        edge->setEnvironment(environment);
        if (environment)
            block->showCluster(*environment, name);
        else
            block->showAll(name);
        row->addWidget(edge);
        row->addWidget(block);
        return row;
    }
    static QLayout *environments()
    {
        auto *column = new QVBoxLayout;
        column->addWidget(heading(QStringLiteral("Environment")));
        column->addLayout(block(Environment::Production, QStringLiteral("oltp-db")));
        column->addLayout(block(Environment::Test, QStringLiteral("restore-lab01")));
        column->addLayout(block(Environment::Lab, QStringLiteral("lab-1")));
        column->addLayout(block({}, QStringLiteral("5 production, 1 test")));
        column->addStretch(1);
        return column;
    }
    static QLayout *buttons()
    {
        auto *row = new QHBoxLayout;
        row->addWidget(makeButton(QStringLiteral("Primary"), ButtonKind::Primary));
        row->addWidget(makeButton(QStringLiteral("Normal")));
        row->addWidget(
            makeButton(QStringLiteral("With icon…"), ButtonKind::Normal, QStringLiteral("export")));
        auto *disabled = makeButton(QStringLiteral("Disabled"));
        disabled->setEnabled(false);
        row->addWidget(disabled);
        row->addWidget(makeButton(QStringLiteral("Destroy…"), ButtonKind::Destructive));
        row->addWidget(makeSmallButton(QStringLiteral("Small")));
        row->addWidget(
            new SegmentedControl({ QStringLiteral("28 d"), QStringLiteral("90 d"), QStringLiteral("1 y") }));
        row->addWidget(makeButton(QStringLiteral("Show it"), ButtonKind::Link));
        row->addStretch(1);
        return row;
    }
    static QLayout *fields()
    {
        auto *row = new QHBoxLayout;
        row->addWidget(new QLineEdit(QStringLiteral("Text")));
        auto *wrong = new QLineEdit(QStringLiteral("4C/9A1G"));
        wrong->setFont(Theme::of(wrong).font(FontRole::Mono));
        setInvalid(wrong, true);
        row->addWidget(wrong);
        auto *combo = new QComboBox;
        combo->addItems({ QStringLiteral("Last 24 hours"), QStringLiteral("Last week") });
        row->addWidget(combo);
        row->addWidget(new QSpinBox);
        auto *checked = new QCheckBox(QStringLiteral("on"));
        checked->setChecked(true);
        row->addWidget(checked);
        row->addWidget(new QCheckBox(QStringLiteral("off")));
        auto *chosen = new QRadioButton(QStringLiteral("this"));
        chosen->setChecked(true);
        row->addWidget(chosen);
        row->addWidget(new QRadioButton(QStringLiteral("that")));
        row->addStretch(1);
        return row;
    }
    static QLayout *chips()
    {
        auto *row = new QHBoxLayout;
        row->addWidget(new StateChip(Glyph::Ok, QStringLiteral("sealed")));
        row->addWidget(new StateChip(Glyph::Attention, QStringLiteral("4 unsaved")));
        row->addWidget(new StateChip(Glyph::Failed, QStringLiteral("overwrites")));
        row->addWidget(new StateChip(Glyph::Running, QStringLiteral("running")));
        row->addWidget(new StateChip(Glyph::Hold, QStringLiteral("hold 2026-07")));
        row->addWidget(new StateChip(QStringLiteral("version 4")));
        row->addWidget(new StateChip(QStringLiteral("decision"), true));
        row->addStretch(1);
        return row;
    }
    QTableView *table()
    {
        auto *model = new QStandardItemModel(0, 4, this);
        model->setHorizontalHeaderLabels({ QStringLiteral("Name"), QStringLiteral("Size"),
            QStringLiteral("Read (UTC)"), QStringLiteral("State") });
        const auto add = [&](const char *name, const char *size, const char *time, Standing standing,
                             const char *state) {
            auto *last = new QStandardItem(QString::fromLatin1(state));
            last->setData(QVariant::fromValue(standing), StandingRole);
            auto *figure = new QStandardItem(QString::fromLatin1(size));
            figure->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            figure->setData(0.6, BarRole);
            model->appendRow({ new QStandardItem(QString::fromLatin1(name)), figure,
                new QStandardItem(QString::fromLatin1(time)), last });
        };
        add("raw_catalogs.galaxies", "9.12 GB", "14:05:02", Standing::Quiet, "ok");
        add("fastspecfit.specphot", "3.84 GB", "14:05:02", Standing::Running, "vacuum, 61 %");
        add("desivast.voids_vide", "12.0 GB", "13:31:00", Standing::Failed, "no answer");
        auto *view = new QTableView;
        view->setModel(model);
        view->setItemDelegateForColumn(0, new MonoDelegate(view));
        view->setItemDelegateForColumn(1, new DataBarDelegate(view));
        view->setItemDelegateForColumn(2, new MonoDelegate(view));
        view->setItemDelegateForColumn(3, new StateDelegate(view));
        view->verticalHeader()->hide();
        view->verticalHeader()->setDefaultSectionSize(26);
        view->horizontalHeader()->setStretchLastSection(true);
        view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        view->setShowGrid(false);
        view->setSelectionBehavior(QAbstractItemView::SelectRows);
        view->setSortingEnabled(true);
        view->sortByColumn(0, Qt::DescendingOrder);
        view->setColumnWidth(0, 200);
        view->setColumnWidth(1, 130);
        view->selectRow(1);
        return view;
    }
    void addMessages(QVBoxLayout *column)
    {
        auto *warning = new Banner(this);
        warning->showWarning(QStringLiteral("pbs01 has not answered for 34 min"));
        warning->addAction(QStringLiteral("Try now"), [] {});
        auto *error = new Banner(this);
        error->showError(QStringLiteral("Cannot read the WAL archive of content-db"),
            { ErrorKind::Denied, QStringLiteral("hands.denied"),
                QStringLiteral("Permission denied on the archive directory, as user tidemark.") });
        error->addAction(QStringLiteral("Try again"), [] {});
        auto *done = new Banner(this);
        done->showDone(QStringLiteral("Base backup of content-db done, 26 min"));
        done->addAction(QStringLiteral("Show it"), [] {});
        auto *bar = new QProgressBar;
        bar->setValue(61);
        bar->setTextVisible(false);
        auto *bones = new Skeleton(2);
        bones->show();
        column->addWidget(warning);
        column->addWidget(error);
        column->addWidget(done);
        column->addWidget(
            new EmptyState(QStringLiteral("test"), QStringLiteral("No restore of proj-pg01 has been proven"),
                QStringLiteral("A test takes about 25 min on restore-lab01 and touches no production."),
                QStringLiteral("Plan the first test…")));
        column->addWidget(bar);
        column->addWidget(bones);
        auto *footer = new Footer;
        footer->addWords(new TextLabel(QStringLiteral("3 ready")));
        footer->addButton(makeButton(QStringLiteral("Save, finish later")));
        footer->addButton(makeButton(QStringLiteral("Open Overview with 3"), ButtonKind::Primary));
        column->addWidget(footer);
        column->addStretch(1);
    }
};

} // namespace tidemark::test

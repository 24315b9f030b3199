#pragma once

namespace tidemark::standin {

class Routes;

// One function for each part of the API, each in the file of its name.
void addAllRoutes(Routes &routes);
void addAccessRoutes(Routes &routes);
void addUserRoutes(Routes &routes);
void addCatalogRoutes(Routes &routes);
void addContentRoutes(Routes &routes);
void addNamespaceRoutes(Routes &routes);
void addNoteRoutes(Routes &routes);
void addStoreRoutes(Routes &routes);
void addStoreConfigRoutes(Routes &routes);
void addPruneRoutes(Routes &routes);
void addVerifyRoutes(Routes &routes);
void addGcRoutes(Routes &routes);
void addJobRoutes(Routes &routes);
void addRemoteRoutes(Routes &routes);
void addNodeRoutes(Routes &routes);
void addTaskRoutes(Routes &routes);

} // namespace tidemark::standin

// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file: AlwaysUseLowerCamelCase
// Named as in the document, so that both codecs take the keys as they are.

import TandemSchema

/// `twitter.json`: what a search for tweets answered.
@Schema struct Search: Codable, Equatable {
    var statuses: [Tweet]
    var search_metadata: SearchMetadata
}

@Schema struct Tweet: Codable, Equatable {
    var metadata: TweetMetadata
    var created_at: String
    var id: Int
    var id_str: String
    var text: String
    var source: String
    var truncated: Bool
    var in_reply_to_status_id: Int?
    var in_reply_to_status_id_str: String?
    var in_reply_to_user_id: Int?
    var in_reply_to_user_id_str: String?
    var in_reply_to_screen_name: String?
    var user: TwitterUser
    var geo: Point?
    var coordinates: Point?
    var place: Place?
    var contributors: [Contributor]?
    var retweeted_status: Indirect<Tweet>?
    var retweet_count: Int
    var favorite_count: Int
    var entities: TweetEntities
    var favorited: Bool
    var retweeted: Bool
    var possibly_sensitive: Bool?
    var lang: String
}

@Schema struct TweetMetadata: Codable, Equatable {
    var result_type: String
    var iso_language_code: String
}

@Schema struct TwitterUser: Codable, Equatable {
    var id: Int
    var id_str: String
    var name: String
    var screen_name: String
    var location: String
    var description: String
    var url: String?
    var entities: UserEntities
    var protected: Bool
    var followers_count: Int
    var friends_count: Int
    var listed_count: Int
    var created_at: String
    var favourites_count: Int
    var utc_offset: Int?
    var time_zone: String?
    var geo_enabled: Bool
    var verified: Bool
    var statuses_count: Int
    var lang: String
    var contributors_enabled: Bool
    var is_translator: Bool
    var is_translation_enabled: Bool
    var profile_background_color: String
    var profile_background_image_url: String
    var profile_background_image_url_https: String
    var profile_background_tile: Bool
    var profile_image_url: String
    var profile_image_url_https: String
    var profile_banner_url: String?
    var profile_link_color: String
    var profile_sidebar_border_color: String
    var profile_sidebar_fill_color: String
    var profile_text_color: String
    var profile_use_background_image: Bool
    var default_profile: Bool
    var default_profile_image: Bool
    var following: Bool
    var follow_request_sent: Bool
    var notifications: Bool
}

@Schema struct UserEntities: Codable, Equatable {
    var description: Links
    var url: Links?
}

@Schema struct Links: Codable, Equatable {
    var urls: [Link]
}

@Schema struct Link: Codable, Equatable {
    var url: String
    var expanded_url: String
    var display_url: String
    var indices: [Int]
}

@Schema struct Point: Codable, Equatable {
    var type: String
    var coordinates: [Double]
}

@Schema struct Place: Codable, Equatable {
    var id: String
    var url: String
    var place_type: String
    var name: String
    var full_name: String
    var country_code: String
    var country: String
}

@Schema struct Contributor: Codable, Equatable {
    var id: Int
    var id_str: String
    var screen_name: String
}

@Schema struct TweetEntities: Codable, Equatable {
    var hashtags: [Hashtag]
    var symbols: [Hashtag]
    var urls: [Link]
    var user_mentions: [Mention]
    var media: [Media]?
}

@Schema struct Hashtag: Codable, Equatable {
    var text: String
    var indices: [Int]
}

@Schema struct Mention: Codable, Equatable {
    var screen_name: String
    var name: String
    var id: Int
    var id_str: String
    var indices: [Int]
}

@Schema struct Media: Codable, Equatable {
    var id: Int
    var id_str: String
    var indices: [Int]
    var media_url: String
    var media_url_https: String
    var url: String
    var display_url: String
    var expanded_url: String
    var type: String
    var sizes: MediaSizes
    var source_status_id: Int?
    var source_status_id_str: String?
}

@Schema struct MediaSizes: Codable, Equatable {
    var medium: MediaSize
    var small: MediaSize
    var thumb: MediaSize
    var large: MediaSize
}

@Schema struct MediaSize: Codable, Equatable {
    var w: Int
    var h: Int
    var resize: String
}

@Schema struct SearchMetadata: Codable, Equatable {
    var completed_in: Double
    var max_id: Int
    var max_id_str: String
    var next_results: String
    var query: String
    var refresh_url: String
    var count: Int
    var since_id: Int
    var since_id_str: String
}
